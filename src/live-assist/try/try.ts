/**
 * Fills in the eight steps of the latest chat, as they happen.
 *
 * @module
 */
import type { StepReport } from '../journey.js';
import { createStepCard } from '../look/step-card.js';

const cards = [...document.querySelectorAll<HTMLElement>('#steps > li')].map(createStepCard);
const next = document.getElementById('next') as HTMLElement;
const waiting = next.textContent ?? '';

const events = new EventSource('/try/events');
events.addEventListener('message', ({ data }) => {
  const reports: StepReport[] = JSON.parse(data);
  for (const [index, card] of cards.entries())
    card.show(
      reports.find(({ step }) => step === index + 1),
      false,
    );
  next.textContent = sentence(reports);
});
events.addEventListener('error', () => {
  next.textContent = 'The stand-in cannot be reached. Is it still running in the terminal?';
});

function sentence(reports: StepReport[]): string {
  const failed = reports.find(({ state }) => state === 'failed');
  if (failed) return `Step ${failed.step} failed. ${failed.text} ${failed.remedy ?? ''}`;
  const last = reports.at(-1)?.step ?? 0;
  if (last === 8) return 'All eight steps are done.';
  if (last === 7) return 'Next: accept the chat at the agent’s desk.';
  return last === 0 ? waiting : 'The chat is on its way.';
}
