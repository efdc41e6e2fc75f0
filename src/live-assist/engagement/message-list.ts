/** Shows a chat's messages, adding only the new ones, so that a live region announces each of them once. */
import { element } from '../look/element.js';
import type { Message } from '../service/chats.js';

export interface MessageList {
  /** All messages so far; `names` says whom the reader takes each side for. */
  show(messages: readonly Message[], names: Record<Message['from'], string>): void;
  /** For another chat. */
  clear(): void;
}

export function createMessageList(list: HTMLElement): MessageList {
  let shown = 0;
  return {
    show(messages, names) {
      for (const { from, text } of messages.slice(shown))
        list.append(
          element(
            'div',
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
