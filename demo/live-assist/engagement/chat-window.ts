/** The chat button and the window it opens, in a shadow tree that the site's styles do not reach. */
import { element } from '../../look/element.js';
import { icon } from '../../look/icon.js';
import type { VisitorView } from '../visitor-routes.js';
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
  const status = element('p', { class: 'status', role: 'status' });
  const minimise = element(
    'button',
    { type: 'button', class: 'quiet', 'aria-label': 'Minimise chat' },
    icon('minus'),
  );
  const end = element('button', { type: 'button', class: 'quiet', hidden: '' }, 'End chat');
  const list = element('div', {
    class: 'messages',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': 'Messages',
    tabindex: '0',
  });
  const problem = element('p', { class: 'problem', role: 'alert' });
  const input = element('input', {
    maxlength: '1000',
    autocomplete: 'off',
    'aria-label': 'Message',
    placeholder: 'Write a message',
  });
  const send = element('button', { class: 'primary', 'aria-label': 'Send' }, icon('send'));
  const say = element('form', { class: 'say' }, input, send);
  const again = element('button', { type: 'button', class: 'primary again', hidden: '' }, 'Start a new chat');
  const survey = createSurveyForm(onLeaveMessage);
  const panel = element(
    'section',
    { class: 'panel', role: 'dialog', 'aria-label': 'Chat', id: 'panel', tabindex: '-1', hidden: '' },
    element('div', { class: 'title' }, element('h2', {}, 'Chat'), end, minimise),
    status,
    ...survey.parts,
    list,
    problem,
    say,
    again,
  );
  const button = element(
    'button',
    { type: 'button', class: 'launcher', 'aria-expanded': 'false', 'aria-controls': 'panel' },
    icon('chat'),
    'Chat with us',
  );
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
