/** Pops the contact's record: inside the desk, or in a tab where the CRM does not let itself be framed. */
import { element } from '../look/element.js';
import type { Chat } from '../service/chats.js';

export function createRecord(framesRecords: boolean) {
  const section = document.querySelector('.record') as HTMLElement;
  const place = document.getElementById('record') as HTMLElement;
  return {
    show({ contact, visitor }: Chat) {
      section.hidden = false;
      section.scrollIntoView({ block: 'nearest' });
      if (!contact) {
        place.replaceChildren(element('p', { class: 'empty' }, `${visitor}: the CRM has no record to show.`));
        return;
      }
      const link = element('a', { href: contact.record, target: '_blank', rel: 'noopener' }, 'Open in a tab');
      if (framesRecords) {
        const frame = element('iframe', { src: contact.record, title: `Record of ${contact.name}` });
        place.replaceChildren(frame, link);
      } else {
        window.open(contact.record, '_blank', 'noopener');
        place.replaceChildren(element('p', {}, `${contact.name} (${contact.email})`), link);
      }
    },
  };
}
