/**
 * Ends an engagement that the page can no longer answer in time.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { EngagementAnswer } from '../engagement.js';

/** Extra milliseconds, in which a page that still waits for its method ends that wait itself and reports more. */
const courtesy = 1_000;

/** The longest delay that timers support. */
const longest = 2 ** 31 - 1;

/**
 * Resolves to the outcome `no-answer` shortly before the test would time out, so that the report says what the test was
 * waiting for. Never resolves if `signal` is aborted first.
 *
 * @param remaining Returns the test's remaining time in milliseconds.
 * @param sinceClick Returns the milliseconds since the click.
 */
export async function whenTestEnds(
  remaining: () => number,
  limit: number,
  sinceClick: () => number | undefined,
  signal: AbortSignal,
): Promise<EngagementAnswer> {
  const left = Math.min(Math.max(0, remaining()) + courtesy, longest);
  await delay(left, undefined, { signal }).catch(() => new Promise(() => {}));
  const milliseconds = Math.round(sinceClick() ?? 0);
  return {
    outcome: 'no-answer',
    message: `The method had not called back after ${milliseconds} ms, when the test's time was nearly over. Give the test more time than liveAssist.limit, which is ${limit} ms, or lower the limit.`,
    milliseconds,
  };
}

/** The outcome on a page that was closed after the click, or before it. Times are in milliseconds. */
export function wasClosed(
  sinceClick: number | undefined,
  waited: number,
): EngagementAnswer & { waited: number } {
  const isClicked = sinceClick !== undefined;
  return {
    outcome: isClicked ? 'no-answer' : 'method-missing',
    ...(!isClicked && { cause: 'not-open' as const }),
    message: `The page was closed ${isClicked ? 'before the method called back' : 'before the method was there'}. Await start() before the page is closed.`,
    milliseconds: Math.round(sinceClick ?? 0),
    waited: Math.round(waited),
  };
}
