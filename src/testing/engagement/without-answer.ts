/**
 * Ends an engagement that the page can no longer answer in time.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from '@playwright/test';
import type { EngagementAnswer } from '../engagement.js';

/** Extra milliseconds, in which a page that still waits for its method ends that wait itself and reports more. */
const courtesy = 1_000;

/** How often the remaining time is read, in milliseconds. `test.setTimeout()` may change it at any moment. */
const interval = 200;

/**
 * Resolves shortly before the test would time out, so that the report says what the test was waiting for. Never resolves
 * if `signal` is aborted first.
 *
 * @param remaining Returns the test's remaining time in milliseconds.
 */
export async function whenTestEnds(remaining: () => number, signal: AbortSignal): Promise<void> {
  do await delay(interval, undefined, { signal }).catch(() => new Promise(() => {}));
  while (remaining() + courtesy > 0);
}

/** Extra milliseconds, in which the page itself ends the wait for the callback. */
const grace = 1_000;

/**
 * Resolves if the page should have ended an engagement itself, but its timers are broken: the limit has passed, and the
 * clock is the browser's own. Never resolves if `signal` is aborted first.
 */
export async function whenOverdue(
  frame: Frame,
  isOverdue: (grace: number) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const pause = (milliseconds: number) =>
    delay(milliseconds, undefined, { signal }).catch(() => new Promise(() => {}));
  for (;;) {
    await pause(interval);
    if (!isOverdue(grace)) continue;
    const asked = performance.now();
    if (!(await hasOwnClock(frame)) || performance.now() - asked > grace) continue;
    // If the page was blocked until just now, its click or its answer follows.
    await pause(grace);
    if (isOverdue(grace)) return;
  }
}

/** Whether the test has put no other clock on the page. `false` while that cannot be seen. */
const hasOwnClock = (frame: Frame): Promise<boolean> =>
  frame
    .evaluate(() => {
      try {
        return /\[native code\]/.test(String(performance.now));
      } catch {
        return true;
      }
    })
    .catch(() => false);

/** The outcome where `whenOverdue` has ended the wait. */
export function overdue(
  { sinceClick, sinceStart }: Unanswered,
  limit: number,
): EngagementAnswer & { waited: number } {
  const milliseconds = Math.round(sinceClick ?? 0);
  const waited = Math.round(sinceStart - milliseconds);
  return sinceClick === undefined
    ? {
        outcome: 'method-missing',
        message: `The page had not said after ${waited} ms whether it has the method. Has a script replaced setTimeout or addEventListener?`,
        milliseconds,
        waited,
      }
    : {
        outcome: 'no-answer',
        message: `The method had not called back after ${milliseconds} ms. The limit is ${limit} ms, but no timer of the page ended the wait. Has a script replaced setTimeout?`,
        milliseconds,
        waited,
      };
}

/** What is known of an engagement without an answer. Times are in milliseconds. */
export interface Unanswered {
  /** Since the click; `undefined` if there was no click. */
  sinceClick: number | undefined;
  sinceStart: number;
}

/** The outcome when the test's time is nearly over. `destination` is the address of a navigation that has not ended. */
export function outOfTime(
  { sinceClick, sinceStart }: Unanswered,
  { limit, destination }: { limit: number; destination: string | undefined },
): EngagementAnswer & { waited: number } {
  const milliseconds = Math.round(sinceClick ?? 0);
  const waited = Math.round(sinceStart - milliseconds);
  if (sinceClick === undefined) {
    const why =
      destination === undefined
        ? 'Is the page blocked, for example by a script that does not end, or by a dialog that the test does not answer?'
        : `A navigation to ${destination} had not ended.`;
    const message = `The page had not said after ${waited} ms whether it has the method, when the test's time was nearly over. ${why}`;
    return { outcome: 'method-missing', message, milliseconds, waited };
  }
  const remedy =
    milliseconds > limit
      ? `The limit of ${limit} ms has not passed on the page's clock. Let the test move that clock, or see whether a script or a dialog blocks the page.`
      : `Give the test more time than liveAssist.limit, which is ${limit} ms, or lower the limit.`;
  const message = `The method had not called back after ${milliseconds} ms, when the test's time was nearly over. ${remedy}`;
  return { outcome: 'no-answer', message, milliseconds, waited };
}

/**
 * What has happened to `frame` according to the error of an evaluation there, as the beginning of a sentence; `undefined`
 * if it is still there.
 */
export function lossOf(frame: Frame, cause: unknown): string | undefined {
  const page = frame.page();
  if (page.isClosed()) return 'The page was closed';
  if (cause instanceof Error && /crashed/i.test(cause.message)) return 'The page crashed';
  return frame.isDetached() ? 'The frame was removed from the page' : undefined;
}

/** The outcome on a page that was lost after the click, or before it. */
export function wasLost(
  loss: string,
  { sinceClick, sinceStart }: Unanswered,
): EngagementAnswer & { waited: number } {
  const isClicked = sinceClick !== undefined;
  const remedy = /closed/.test(loss) ? ' Await start() before the page is closed.' : '';
  return {
    outcome: isClicked ? 'no-answer' : 'method-missing',
    ...(!isClicked && { cause: 'not-open' as const }),
    message: `${loss} before the method ${isClicked ? 'called back' : 'was there'}.${remedy}`,
    milliseconds: Math.round(sinceClick ?? 0),
    waited: Math.round(sinceStart - (sinceClick ?? 0)),
  };
}
