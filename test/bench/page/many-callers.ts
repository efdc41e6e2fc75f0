/**
 * Simultaneous callers: the number of requests, and the cost of each further caller.
 *
 * @module
 */
import type { Page } from 'playwright';
import { type Effort, interleave, median, pairedRatio } from '../rounds.js';
import { type Row, row } from '../row.js';
import type { OpenContenders } from './open-contenders.js';

const rounds = { whole: 15, quick: 2 };

export async function manyCallers(
  { ours, ...others }: OpenContenders,
  countRequests: () => number,
  effort: Effort,
): Promise<Row[]> {
  const requests = async (page: Page, callers: number) => {
    countRequests();
    await callAtOnce(page, callers);
    return countRequests();
  };
  const once = { ours: { atMost: 1 } };
  const rows: Row[] = [];
  const own = await requests(ours.page, 100);
  for (const [against, { page }] of Object.entries(others))
    rows.push(
      row({
        measure: '100 callers at once',
        unit: 'requests',
        ours: own,
        against,
        theirs: await requests(page, 100),
        limit: once,
      }),
    );
  rows.push(
    row({
      measure: '10,000 callers at once',
      unit: 'requests',
      ours: await requests(ours.page, 10_000),
      against: 'a fetch for each',
      theirs: 10_000,
      goal: once,
      limit: once,
    }),
  );
  const costs = await interleave(rounds[effort], {
    hundred: () => callAtOnce(ours.page, 100),
    tenThousand: () => callAtOnce(ours.page, 10_000),
  });
  return [
    ...rows,
    row({
      measure: 'cost of each of 10,000 callers',
      unit: 'µs',
      ours: median(costs.tenThousand),
      against: 'each of 100',
      theirs: median(costs.hundred),
      ratio: pairedRatio(costs.tenThousand, costs.hundred),
      goal: { ratio: { atMost: 1.5 } },
    }),
  ];
}

/** Microseconds for each caller, without the wait for the answer. */
const callAtOnce = (page: Page, callers: number): Promise<number> =>
  page.evaluate(async (callers) => {
    await contender.forget();
    const start = performance.now();
    let firstAnswer = 0;
    const answers = Array.from({ length: callers }, () =>
      contender.ask().then(() => {
        firstAnswer ||= performance.now();
      }),
    );
    const joined = performance.now();
    await Promise.all(answers);
    return ((joined - start + performance.now() - firstAnswer) * 1000) / callers;
  }, callers);
