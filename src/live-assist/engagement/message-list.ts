/**
 * Shows a chat's messages, adding only new ones, so that a live region announces each of them once.
 *
 * @module
 */
import { element } from '../look/element.js';
import { timeOf } from '../look/time-of.js';
import type { Message } from '../service/chats.js';

export interface MessageList {
  /** Shows all messages so far. `names` contains the name to show for each side. */
  show(messages: readonly Message[], names: Record<Message['from'], string>): void;
  /** Call this before showing another chat. */
  clear(): void;
}

export function createMessageList(list: HTMLElement): MessageList {
  let shown = 0;
  return {
    show(messages, names) {
      for (const { from, text, at } of messages.slice(shown)) {
        const head = element('span', { class: 'from' }, `${names[from]} `, timeOf(at));
        list.append(element('div', { class: `message ${from}` }, head, element('p', {}, text)));
      }
      if (messages.length > shown) list.scrollTop = list.scrollHeight;
      shown = messages.length;
    },
    clear() {
      shown = 0;
      list.replaceChildren();
    },
  };
}
