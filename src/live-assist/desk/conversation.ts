/**
 * The chat that is open on the desk.
 *
 * @module
 */

import { createMessageList } from '../engagement/message-list.js';
import { sendOnSubmit } from '../engagement/send-on-submit.js';
import type { DeskChat } from '../service/chats.js';

export interface ConversationOptions {
  onReply: (chat: DeskChat, text: string) => Promise<unknown>;
  onEnd: (chat: DeskChat) => Promise<unknown>;
}

export function createConversation({ onReply, onEnd }: ConversationOptions) {
  const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
  const section = document.querySelector('.conversation') as HTMLElement;
  const title = byId('conversation-title');
  const form = byId<HTMLFormElement>('reply');
  const input = byId<HTMLInputElement>('reply-text');
  const problem = byId('reply-problem');
  const end = byId('end');
  const messages = createMessageList(byId('messages'));
  let open: DeskChat | undefined;

  sendOnSubmit(form, input, problem, async (text) => open && onReply(open, text));
  end.addEventListener('click', async () => {
    if (open) await onEnd(open).catch((error: Error) => (problem.textContent = error.message));
  });

  return {
    show(chat: DeskChat) {
      if (chat.id !== open?.id) {
        messages.clear();
        input.value = problem.textContent = '';
      }
      // The news of the agent's own acceptance may arrive after the keyboard focus has moved here.
      const leadOn = form.hidden && document.activeElement === title;
      open = chat;
      section.hidden = false;
      title.textContent = chat.state === 'ended' ? `${chat.visitor} · chat ended` : chat.visitor;
      form.hidden = end.hidden = chat.state !== 'accepted';
      if (leadOn && !form.hidden) input.focus({ preventScroll: true });
      messages.show(chat.messages, { visitor: chat.visitor, agent: 'You' });
    },
    close() {
      section.hidden = true;
      open = undefined;
    },
    /** Moves the keyboard focus to where the agent continues, and scrolls it into view. */
    focus() {
      const next = form.hidden ? title : input;
      next.focus({ preventScroll: true });
      section.scrollIntoView({ block: 'nearest' });
    },
  };
}
