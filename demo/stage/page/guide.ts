/**
 * Which step comes next, and which control leads there.
 *
 * @module
 */
import type { StageView } from '../app.js';

export interface Guide {
  /** The next step; undefined after a failure and at the end. */
  next: number | undefined;
  /** Where to click; `over` at the end, undefined if the next step needs no click. */
  control: 'people' | 'chat' | 'accept' | 'repair' | 'over' | undefined;
  sentence: string;
}

export function guideTo({ reports, isBroken }: StageView, isSignedIn: boolean): Guide {
  const failed = reports.find(({ state }) => state === 'failed');
  if (failed) {
    const next = undefined;
    if (isBroken && failed.step > 2)
      return { next, control: 'repair', sentence: 'Next: click “Repair everything”.' };
    if (failed.step === 1)
      return { next: 1, control: 'people', sentence: 'Next: click a person in the visitor’s pane.' };
    if (failed.step === 2) return { next, control: 'people', sentence: 'Next: click another person.' };
    if (failed.step === 8)
      return { next, control: 'people', sentence: 'Next: click a person in the visitor’s pane.' };
    return { next, control: 'chat', sentence: 'Next: remove the cause, then start a new chat.' };
  }
  const next = [1, 2, 3, 4, 5, 6, 7, 8].find((step) => !reports.some((report) => report.step === step));
  if (next === undefined) return { next, control: 'over', sentence: 'All eight steps are done.' };
  if (next === 1 && !isSignedIn)
    return { next, control: 'people', sentence: 'Next: click a person in the visitor’s pane.' };
  if (next <= 5)
    return { next, control: 'chat', sentence: 'Next: click “Chat with us” in the visitor’s pane.' };
  if (next === 8) return { next, control: 'accept', sentence: 'Next: click “Accept” in the agent’s pane.' };
  return { next, control: undefined, sentence: 'Live Assist is working…' };
}
