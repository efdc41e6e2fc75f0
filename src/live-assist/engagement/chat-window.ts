/** The chat button and the window it opens, in a shadow tree that the site's styles do not reach. */
import { element } from '../look/element.js';
import type { VisitorView } from '../service/visitor-routes.js';
import { createChatParts } from './chat-parts.js';
import { createMessageList } from './message-list.js';
import { sendOnSubmit } from './send-on-submit.js';
import { createSurveyForm } from './survey-form.js';

export interface ChatWindowOptions {
  /** Where the styles come from. */
  styles: string;
  /** The visitor wants to chat. */
  onEngage: () => void;
  onEnd: () => void;
  onSay: (text: string) => Promise<unknown>;
  onLeaveMessage: (survey: { email: string; message: string }) => Promise<unknown>;
}

export interface ChatWindow {
  connecting(): void;
  chat(view: VisitorView): void;
  survey(): void;
  /** Live Assist itself cannot be reached. */
  failed(sentence: string): void;
  /** As if nobody had ever clicked. */
  reset(): void;
}

export function createChatWindow({
  styles,
  onEngage,
  onEnd,
  onSay,
  onLeaveMessage,
}: ChatWindowOptions): ChatWindow {
  const survey = createSurveyForm(onLeaveMessage);
  const parts = createChatParts(survey.parts);
  const { panel, button, status, minimise, end, list, problem, input, say, again } = parts;
  const messages = createMessageList(list);
  let isUnderWay = false;

  const open = (isOpen: boolean) => {
    panel.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
  };

  const arrange = (shown: 'nothing' | 'chat' | 'again') => {
    survey.hide();
    say.hidden = end.hidden = shown !== 'chat';
    list.hidden = list.childElementCount === 0 && shown !== 'chat';
    again.hidden = shown !== 'again';
  };

  const engage = () => {
    messages.clear();
    isUnderWay = true;
    onEngage();
  };

  button.addEventListener('click', () => {
    if (!panel.hidden) return open(false);
    open(true);
    if (isUnderWay) panel.focus();
    else engage();
  });
  minimise.addEventListener('click', () => {
    open(false);
    button.focus();
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') minimise.click();
  });
  again.addEventListener('click', engage);
  end.addEventListener('click', onEnd);
  sendOnSubmit(say, input, problem, onSay);

  const host = element('div');
  const sheet = element('link', { rel: 'stylesheet', href: styles });
  host.hidden = true;
  sheet.addEventListener('load', () => (host.hidden = false));
  host.attachShadow({ mode: 'open' }).append(sheet, panel, button);
  document.body.append(host);

  return {
    connecting() {
      arrange('nothing');
      problem.textContent = '';
      status.textContent = 'Connecting you…';
      panel.focus();
    },
    chat({ visitor, state, messages: all, agent }) {
      const wasTyping = !say.hidden;
      isUnderWay = state !== 'ended';
      arrange(isUnderWay ? 'chat' : 'again');
      status.textContent =
        state === 'waiting'
          ? `You are in the queue as ${visitor}. An agent will be with you in a moment.`
          : state === 'accepted'
            ? `You are chatting with ${agent} as ${visitor}.`
            : 'This chat has ended.';
      messages.show(all, { visitor: 'You', agent });
      if (!wasTyping && isUnderWay) input.focus();
    },
    survey() {
      isUnderWay = false;
      arrange('nothing');
      status.textContent = '';
      survey.begin();
    },
    failed(sentence) {
      isUnderWay = false;
      arrange('again');
      status.textContent = sentence;
    },
    reset() {
      isUnderWay = false;
      messages.clear();
      input.value = problem.textContent = status.textContent = '';
      arrange('nothing');
      open(false);
    },
  };
}
