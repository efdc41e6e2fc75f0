/** The messages that visitors left in the offline survey, newest first. */
import { element } from '../look/element.js';
import type { Survey } from '../service/chats.js';

export function createSurveys() {
  const section = document.querySelector('.surveys') as HTMLElement;
  const list = document.getElementById('surveys') as HTMLElement;
  const shown = new Set<string>();
  return {
    show(surveys: readonly Survey[]) {
      section.hidden = surveys.length === 0;
      for (const { id, email, message } of surveys) {
        if (shown.has(id)) continue;
        shown.add(id);
        list.prepend(
          element('li', { class: 'survey' }, element('strong', {}, email), element('p', {}, message)),
        );
      }
    },
  };
}
