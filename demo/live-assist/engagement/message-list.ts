/** Shows a chat's messages, adding only the new ones, so that a live region announces each of them once. */
import { element } from '../../look/element.js';
import type { Message } from '../chats.js';

export interface MessageList {
  /** All messages so far. */
  show(messages: readonly Message[]): void;
  /** For another chat. */
  clear(): void;
}

/** `names` says whom a reader of this list takes each side for. */
export function createMessageList(list: HTMLElement, names: Record<Message['from'], string>): MessageList {
  let shown = 0;
  return {
    show(messages) {
      for (const { from, text } of messages.slice(shown))
        list.append(
          element(
            'li',
            { class: `message ${from}` },
            element('span', { class: 'from' }, names[from]),
            element('p', {}, text),
          ),
        );
      if (messages.length > shown) list.scrollTop = list.scrollHeight;
      shown = messages.length;
    },
    clear() {
      shown = 0;
      list.replaceChildren();
    },
  };
}
