/**
 * Shows the contact's record: inside the desk, or in a tab if the CRM does not allow frames.
 *
 * @module
 */
import { element } from '../look/element.js';
import type { DeskChat } from '../service/chats.js';

export function createRecord(framesRecords: boolean) {
  const section = document.querySelector('.record') as HTMLElement;
  const place = document.getElementById('record') as HTMLElement;
  let shownId: string | undefined;
  return {
    /** Without a chat, or before it has been accepted, no record is shown. */
    show(chat: DeskChat | undefined) {
      if (!chat || chat.state === 'waiting') {
        shownId = undefined;
        section.hidden = true;
        place.replaceChildren();
        return;
      }
      if (chat.id === shownId) return;
      shownId = chat.id;
      section.hidden = false;
      const { contact, visitor } = chat;
      if (!contact) {
        place.replaceChildren(element('p', { class: 'empty' }, `${visitor}: the CRM has no record to show.`));
        return;
      }
      const link = element('a', { href: contact.record, target: '_blank', rel: 'noopener' }, 'Open in a tab');
      if (framesRecords) {
        const frame = element('iframe', { src: contact.record, title: `Record of ${contact.name}` });
        place.replaceChildren(frame, link);
        return;
      }
      const [name, email] = [element('strong', {}, contact.name), element('span', {}, contact.email)];
      place.replaceChildren(element('p', { class: 'card summary' }, name, email), link);
      // Browsers allow this for some seconds after the click on Accept; otherwise there is the link.
      if (chat.state === 'accepted') window.open(contact.record, '_blank', 'noopener');
    },
  };
}
