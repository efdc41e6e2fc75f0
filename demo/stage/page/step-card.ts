/** One step on the stage: waiting, next, done or failed, with what passed. */
import type { StepReport } from '#live-assist';
import { element } from '#live-assist/look/element.js';
import { icon } from '#live-assist/look/icon.js';

export function createStepCard(item: HTMLElement) {
  const badge = item.querySelector('.badge') as HTMLElement;
  const number = badge.textContent ?? '';
  const state = item.querySelector('.unseen') as HTMLElement;
  const text = item.querySelector('.text') as HTMLElement;
  const hint = text.textContent ?? '';
  const facts = item.querySelector('dl') as HTMLElement;
  let shown = '';

  return {
    /** Scrolls the list only, never the page. */
    bringIntoView() {
      const list = item.parentElement;
      const below = item.offsetTop + item.offsetHeight - (list?.offsetTop ?? 0) - (list?.clientHeight ?? 0);
      list?.scrollTo({ top: Math.max(0, below) });
    },
    show(report: StepReport | undefined, isNext: boolean) {
      item.dataset.state = report?.state ?? (isNext ? 'next' : 'idle');
      const key = JSON.stringify(report ?? null);
      if (key === shown) return;
      shown = key;
      badge.replaceChildren(report ? icon(report.state === 'done' ? 'check' : 'cross') : number);
      state.textContent = report ? (report.state === 'done' ? 'Done: ' : 'Failed: ') : '';
      text.textContent = report?.text ?? hint;
      const rows = Object.entries(report?.facts ?? {}).map(([name, value]) =>
        element('div', {}, element('dt', {}, name), element('dd', {}, String(value))),
      );
      facts.replaceChildren(...rows);
      facts.hidden = rows.length === 0;
    },
  };
}
