/** Lights the steps up as they happen, and tells what passed. */
import type { StepReport } from '#live-assist';
import { createStepCard } from './step-card.js';
import { steps } from './steps.js';
import { markCalling } from './tabs.js';

const cards = [...document.querySelectorAll<HTMLElement>('#steps > li')].map(createStepCard);
const marks = [...document.querySelectorAll<HTMLElement>('#rail > li')];
const news = document.getElementById('news') as HTMLElement;
let told = '';

const SIGN_IN = 1;
const CLICK = 5;
const ACCEPT = 8;

function show(reports: readonly StepReport[]): void {
  const byStep = new Map(reports.map((report) => [report.step, report]));
  const last = reports.at(-1);
  const next = last?.state === 'failed' ? 0 : steps.findIndex((_, index) => !byStep.has(index + 1)) + 1 || 0;
  for (const [index, card] of cards.entries()) {
    const report = byStep.get(index + 1);
    card.show(report, index + 1 === next);
    const mark = marks[index];
    if (mark) mark.dataset.state = report?.state ?? (index + 1 === next ? 'next' : 'idle');
  }
  markCalling(next === ACCEPT ? 'agent' : next === SIGN_IN || next === CLICK ? 'visitor' : undefined);
  // What is to be done next, or else what has come last.
  cards[(next || (last?.step ?? 1)) - 1]?.bringIntoView();
  const sentence = last ? `Step ${last.step}. ${last.text}` : '';
  if (sentence !== told) news.textContent = told = sentence;
}

new EventSource('/journey').addEventListener('message', ({ data }) => show(JSON.parse(data)));
