/**
 * One step in the list of eight: idle, next, done or failed, with what was passed.
 *
 * @module
 */
import type { StepReport } from '../journey.js';
import { element } from './element.js';
import { icon } from './icon.js';

const words = { done: 'Done: ', failed: 'Failed: ', next: 'Next: ', idle: '' } as const;

export function createStepCard(item: HTMLElement) {
  const part = (selector: string) => item.querySelector(selector) as HTMLElement;
  const [badge, text, full, facts, remedy] = [
    part('.badge'),
    part('.text'),
    part('.full'),
    part('dl'),
    part('.remedy'),
  ];
  const [number, by] = [badge.textContent ?? '', text.textContent ?? ''];
  let shown = '';

  return {
    show(report: StepReport | undefined, isNext: boolean) {
      const state = report?.state ?? (isNext ? 'next' : 'idle');
      item.dataset.state = state;
      part('.state-word').textContent = words[state];
      const key = JSON.stringify(report ?? null);
      if (key === shown) return;
      shown = key;
      badge.replaceChildren(report ? icon(report.state === 'done' ? 'check' : 'cross') : number);
      text.textContent = report?.text ?? by;
      full.textContent = report ? `${report.text}` : `This happens between: ${by}.`;
      remedy.textContent = report?.remedy ?? '';
      remedy.hidden = !report?.remedy;
      const rows = Object.entries(report?.facts ?? {}).map(([name, value]) =>
        element('div', {}, element('dt', {}, name), element('dd', {}, String(value))),
      );
      facts.replaceChildren(...rows);
      facts.hidden = rows.length === 0;
    },
  };
}
