/**
 * Milliseconds of a call without a kept token, on loopback and over a slow network, compared with a bare fetch in our page and
 * with the contenders in theirs.
 *
 * @module
 */
import { type Effort, interleave, median, pairedRatio } from '../rounds.js';
import { type Row, row } from '../row.js';
import { delayRequests, type OpenContenders, type OpenPage } from './open-contenders.js';

const networks = [
  { measure: 'first call on loopback', latency: 0, rounds: { whole: 200, quick: 10 } },
  { measure: 'first call at 50 ms of latency', latency: 50, rounds: { whole: 15, quick: 3 } },
  { measure: 'first call at 300 ms of latency', latency: 300, rounds: { whole: 15, quick: 2 } },
];

export const bare = 'bare fetch and JSON';

export async function firstCalls(open: OpenContenders, effort: Effort): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { measure, latency, rounds } of networks) {
    for (const page of Object.values(open)) await delayRequests(page, latency);
    const samples: Record<string, number[]> = await interleave(rounds[effort], {
      [bare]: () => bareFetch(open.ours),
      ...Object.fromEntries(Object.entries(open).map(([name, page]) => [name, () => firstCall(page)])),
    });
    const { ours = [], ...others } = samples;
    for (const [against, theirs] of Object.entries(others))
      rows.push(
        row({
          measure,
          unit: 'ms',
          ours: median(ours),
          against,
          theirs: median(theirs),
          ratio: pairedRatio(ours, theirs),
          ...(against === bare && { goal: { ratio: { atMost: 1.05 } }, limit: { ratio: { atMost: 5 } } }),
        }),
      );
  }
  for (const page of Object.values(open)) await delayRequests(page, 0);
  return rows;
}

/** Times are taken in the page. */
const firstCall = ({ page }: OpenPage): Promise<number> =>
  page.evaluate(async () => {
    await contender.forget();
    const start = performance.now();
    const token = await contender.ask();
    if (typeof token !== 'string') throw new Error('The call was refused.');
    return performance.now() - start;
  });

export const bareFetch = ({ page }: OpenPage): Promise<number> =>
  page.evaluate(async () => {
    const start = performance.now();
    const answer = await fetch('/token', { cache: 'no-store' });
    await answer.json();
    return performance.now() - start;
  });
