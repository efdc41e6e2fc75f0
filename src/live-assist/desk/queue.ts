/** The list of chats. Entries stay in place while they change, so that the keyboard is not thrown out of them. */
import { element } from '../look/element.js';
import type { Chat } from '../service/chats.js';

export interface QueueOptions {
  onAccept: (chat: Chat) => Promise<void>;
  /** For a chat that has been accepted already. */
  onOpen: (chat: Chat) => void;
}

const states = { waiting: 'Waiting', accepted: 'In chat', ended: 'Ended' } as const;

export function createQueue({ onAccept, onOpen }: QueueOptions) {
  const list = document.getElementById('chats') as HTMLElement;
  const nobody = document.getElementById('nobody') as HTMLElement;
  const entries = new Map<string, ReturnType<typeof createEntry>>();

  const createEntry = (id: string) => {
    let chat: Chat | undefined;
    const name = element('strong');
    const detail = element('span', { class: 'detail' });
    const state = element('span', { class: 'state' });
    const problem = element('p', { class: 'problem', role: 'alert' });
    const button = element('button', { type: 'button' });
    const item = element('li', {}, element('div', { class: 'who' }, name, detail), state, button, problem);
    button.addEventListener('click', async () => {
      if (!chat) return;
      if (chat.state !== 'waiting') return onOpen(chat);
      problem.textContent = '';
      await onAccept(chat).catch((error: Error) => {
        problem.textContent = error.message;
      });
    });
    list.prepend(item);
    return {
      item,
      show(next: Chat, isOpen: boolean) {
        chat = next;
        item.dataset.chat = id;
        item.dataset.state = next.state;
        item.toggleAttribute('data-open', isOpen);
        name.textContent = next.visitor;
        detail.textContent = next.contact ? next.contact.email : 'No contact record';
        state.textContent = states[next.state];
        button.className = next.state === 'waiting' ? 'primary' : '';
        button.textContent = next.state === 'waiting' ? 'Accept' : 'Open';
        button.setAttribute('aria-label', `${button.textContent} the chat of ${next.visitor}`);
        button.hidden = isOpen || (next.state === 'ended' && next.messages.length === 0);
      },
    };
  };

  return {
    show(chats: readonly Chat[], openId: string | undefined) {
      nobody.hidden = chats.length > 0;
      for (const chat of chats) {
        const entry = entries.get(chat.id) ?? createEntry(chat.id);
        entries.set(chat.id, entry);
        entry.show(chat, chat.id === openId);
      }
      const ids = new Set(chats.map(({ id }) => id));
      for (const [id, { item }] of entries) {
        if (ids.has(id)) continue;
        item.remove();
        entries.delete(id);
      }
    },
  };
}
