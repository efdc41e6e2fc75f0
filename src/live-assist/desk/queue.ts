/**
 * The list of chats. Entries stay in place while they change, so that the keyboard focus is not lost.
 *
 * @module
 */
import { element } from '../look/element.js';
import { timeOf } from '../look/time-of.js';
import type { DeskChat } from '../service/chats.js';

export interface QueueOptions {
  onAccept: (chat: DeskChat) => Promise<void>;
  /** Called for a chat that has already been accepted. */
  onOpen: (chat: DeskChat) => void;
}

const states = { waiting: 'Waiting', accepted: 'In chat', ended: 'Ended' } as const;

export function createQueue({ onAccept, onOpen }: QueueOptions) {
  const byId = (id: string) => document.getElementById(id) as HTMLElement;
  const lists = { live: byId('chats'), ended: byId('ended-chats') };
  const entries = new Map<string, ReturnType<typeof createEntry>>();

  const createEntry = (id: string, startedAt: number) => {
    let chat: DeskChat | undefined;
    const name = element('strong');
    const detail = element('span', { class: 'detail' });
    const state = element('span', { class: 'state' });
    const problem = element('p', { class: 'problem', role: 'alert' });
    const button = element('button', { type: 'button' });
    const since = element('span', { class: 'since' }, timeOf(startedAt));
    const who = element('div', { class: 'who' }, name, detail);
    const item = element('li', {}, who, since, state, button, problem);
    button.addEventListener('click', async () => {
      if (!chat) return;
      if (chat.state !== 'waiting') return onOpen(chat);
      problem.textContent = '';
      button.disabled = true;
      await onAccept(chat).catch((error: Error) => {
        problem.textContent = error.message;
      });
      button.disabled = false;
    });
    return {
      item,
      show(next: DeskChat, isOpen: boolean, isNext: boolean) {
        chat = next;
        const list = next.state === 'ended' ? lists.ended : lists.live;
        if (item.parentElement !== list) list.prepend(item);
        item.dataset.chat = id;
        item.dataset.state = next.state;
        item.toggleAttribute('data-open', isOpen);
        item.toggleAttribute('data-next', isNext);
        button.toggleAttribute('data-next', isNext);
        name.textContent = next.visitor;
        detail.textContent = next.contact ? next.contact.email : 'No contact record';
        state.textContent = states[next.state];
        button.className = next.state === 'waiting' ? 'primary' : '';
        button.textContent = next.state === 'waiting' ? 'Accept' : 'Open';
        button.setAttribute('aria-label', `${button.textContent} the chat of ${next.visitor}`);
        button.hidden = isOpen || (next.state === 'ended' && next.messages.length === 0);
        if (next.state !== 'waiting') problem.textContent = '';
      },
    };
  };

  return {
    show(chats: readonly DeskChat[], openId: string | undefined) {
      const live = chats.filter(({ state }) => state !== 'ended').length;
      byId('nobody').hidden = live > 0;
      byId('ended').hidden = live === chats.length;
      byId('ended-count').textContent = String(chats.length - live);
      // The visitor who has waited longest comes first.
      const next = chats.find(({ state }) => state === 'waiting');
      for (const chat of chats) {
        const entry = entries.get(chat.id) ?? createEntry(chat.id, chat.startedAt);
        entries.set(chat.id, entry);
        entry.show(chat, chat.id === openId, chat === next);
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
