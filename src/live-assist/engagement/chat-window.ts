/**
 * The chat button and the window it opens, in a shadow tree that the site's styles do not reach.
 *
 * @module
 */
import { element } from '../look/element.js';
import type { VisitorView } from '../service/visitor-routes.js';
import { createChatParts } from './chat-parts.js';
import { createMessageList } from './message-list.js';
import { sendOnSubmit } from './send-on-submit.js';
import { createSurveyForm } from './survey-form.js';

export interface ChatWindowOptions {
  /** Address of the styles. */
  styles: string;
  /** The visitor wants to chat. */
  onEngage: () => void;
  onEnd: () => void;
  onSay: (text: string) => Promise<unknown>;
  onLeaveMessage: (survey: { email: string; message: string }) => Promise<unknown>;
}

export interface ChatWindow {
  /** Whether the visitor sees the chat button at all, and whether it belongs to messaging. */
  offer(isOffered: boolean, isMessaging?: boolean): void;
  connecting(): void;
  chat(view: VisitorView): void;
  /** `email` is the address that the site knows; the visitor can change it. */
  survey(email: string): void;
  /** Live Assist itself cannot be reached. */
  failed(sentence: string): void;
  /** A line next to the button, or none. */
  invite(sentence: string | undefined): void;
  isOpen(): boolean;
  /** Returns to the state before the first click. */
  reset(): void;
}

const statuses = {
  waiting: ({ visitor }: VisitorView) =>
    `Thanks, ${visitor}. You are in the queue, and an agent will be with you shortly.`,
  accepted: ({ agent, visitor }: VisitorView) => `You are chatting with ${agent}, as ${visitor}.`,
  ended: () => 'This chat has ended. Thank you for chatting with us.',
};

export function createChatWindow(options: ChatWindowOptions): ChatWindow {
  const { styles, onEngage, onEnd, onSay, onLeaveMessage } = options;
  const survey = createSurveyForm(onLeaveMessage);
  const parts = createChatParts(survey.parts);
  const { panel, button, status, end, list, problem, input, say, again, invitation, setOpen } = parts;
  const messages = createMessageList(list);
  let isUnderWay = false;
  let isMessaging = false;
  const open = (isOpen: boolean) =>
    setOpen(isOpen, isMessaging && isUnderWay ? 'Back to your conversation' : 'Chat with us');

  const arrange = (shown: 'nothing' | 'chat' | 'again' | 'survey') => {
    if (shown !== 'survey') survey.hide();
    panel.dataset.shows = shown;
    say.hidden = end.hidden = shown !== 'chat';
    list.hidden = list.childElementCount === 0 && shown !== 'chat';
    again.hidden = shown !== 'again';
  };

  const engage = () => {
    messages.clear();
    isUnderWay = true;
    onEngage();
  };

  const close = () => {
    open(false);
    button.focus();
  };

  button.addEventListener('click', () => {
    if (!panel.hidden) return close();
    open(true);
    if (isUnderWay) panel.focus();
    else engage();
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  again.addEventListener('click', engage);
  end.addEventListener('click', onEnd);
  sendOnSubmit(say, input, problem, onSay);

  const host = element('div', { class: 'live-assist-chat' });
  const sheet = element('link', { rel: 'stylesheet', href: styles });
  host.hidden = true;
  let isOffered = false;
  let isStyled = false;
  const appear = () => (host.hidden = !isStyled || !isOffered);
  sheet.addEventListener('load', () => {
    isStyled = true;
    appear();
  });
  host.attachShadow({ mode: 'open' }).append(sheet, panel, invitation, button);
  document.body.append(host);

  return {
    offer(offered, messaging = false) {
      isMessaging = messaging;
      isOffered = offered;
      appear();
    },
    connecting() {
      arrange('nothing');
      problem.textContent = '';
      status.textContent = 'Connecting you…';
      panel.focus();
    },
    chat(view) {
      const wasTyping = !say.hidden;
      isUnderWay = view.state !== 'ended';
      arrange(isUnderWay ? 'chat' : 'again');
      status.textContent = statuses[view.state](view);
      messages.show(view.messages, { visitor: 'You', agent: view.agent });
      open(!panel.hidden);
      if (!wasTyping && isUnderWay && !panel.hidden) input.focus();
    },
    survey(email) {
      isUnderWay = false;
      arrange('survey');
      status.textContent = '';
      survey.begin(email);
    },
    failed(sentence) {
      isUnderWay = false;
      arrange('again');
      status.textContent = sentence;
      again.focus();
    },
    invite(sentence) {
      invitation.textContent = sentence ?? '';
      invitation.hidden = !sentence;
    },
    isOpen: () => !panel.hidden,
    reset() {
      isUnderWay = false;
      messages.clear();
      input.value = problem.textContent = status.textContent = '';
      arrange('nothing');
      open(false);
    },
  };
}
