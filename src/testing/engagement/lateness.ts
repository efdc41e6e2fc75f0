/**
 * Tells the test that the method appeared late.
 *
 * @module
 */
import type { TestInfo } from '@playwright/test';
import type { ClickAnswer } from './click.js';

/** A method that appears later than this is reported, in milliseconds. */
const unremarkable = 1_000;

/** Notes late methods in the test's annotations, or remembers them as a failure. */
export function createLateness(info: TestInfo, late: 'annotate' | 'fail' = 'annotate') {
  let failure: string | undefined;
  return {
    notice({ outcome, waited }: ClickAnswer): void {
      if (outcome === 'method-missing' || waited <= unremarkable) return;
      const description = `The method appeared ${(waited / 1000).toFixed(1)} s after start(). A visitor who clicks earlier stays anonymous.`;
      if (late === 'fail') failure ??= `${description} (liveAssist.late is 'fail')`;
      else info.annotations.push({ type: 'method late', description });
    },
    /** The message that fails the test at its end, if there is one. */
    failure: () => failure,
  };
}
