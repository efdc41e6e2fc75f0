/**
 * The messages that visitors left in the offline survey, newest first.
 *
 * @module
 */
import { element } from '../look/element.js';
import { timeOf } from '../look/time-of.js';
import type { Survey } from '../service/chats.js';

export function createSurveys() {
  const part = document.getElementById('surveys-part') as HTMLDetailsElement;
  const list = document.getElementById('surveys') as HTMLElement;
  const count = document.getElementById('surveys-count') as HTMLElement;
  const shown = new Set<string>();
  return {
    show(surveys: readonly Survey[]) {
      part.hidden = surveys.length === 0;
      count.textContent = String(surveys.length);
      const ids = surveys.map(({ id }) => id);
      // After a restart of the service, earlier messages are gone.
      if ([...shown].some((id) => !ids.includes(id))) {
        list.replaceChildren();
        shown.clear();
      }
      for (const { id, email, message, at } of surveys) {
        if (shown.has(id)) continue;
        shown.add(id);
        part.open = true;
        const head = element('p', { class: 'from' }, element('strong', {}, email), ' ', timeOf(at));
        list.prepend(element('li', { class: 'survey' }, head, element('p', {}, message)));
      }
    },
  };
}
