/**
 * Fills in the eight steps of the latest chat, as they happen.
 *
 * @module
 */
import type { StepReport } from '../journey.js';
import { createStepCard } from '../look/step-card.js';
import { IDENTITY, nameOfStep } from '../messaging/identity-step.js';

const cards = [...document.querySelectorAll<HTMLElement>('#steps > li[data-step]')].map(createStepCard);
const identity = document.getElementById('identity') as HTMLElement;
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
  // A step of messaging only.
  const told = reports.find(({ step }) => step === IDENTITY);
  identity.hidden = !told;
  identity.textContent = told ? `Identity: ${told.text} ${told.remedy ?? ''}` : '';
  next.textContent = sentence(reports);
});
events.addEventListener('error', () => {
  // A refusal closes the stream. The stand-in refuses the key of an earlier run.
  next.textContent =
    events.readyState === EventSource.CLOSED
      ? 'The stand-in was started again. Load this page again.'
      : 'The stand-in cannot be reached. Is it still running in the terminal?';
});

function sentence(reports: StepReport[]): string {
  const failed = reports.find(({ state }) => state === 'failed');
  if (failed) return `${nameOfStep(failed.step)} failed. ${failed.text} ${failed.remedy ?? ''}`;
  const last = reports.at(-1)?.step ?? 0;
  if (last === 8) return 'All eight steps are done.';
  if (last === 7) return 'Next: accept the chat at the agent’s desk.';
  return last < 5 ? waiting : 'The chat is on its way.';
}
