/**
 * Calls that are answered from memory.
 *
 * @module
 */
import type { Page } from 'playwright';
import { type Effort, interleave, median, quantile } from '../rounds.js';
import { type Row, row } from '../row.js';
import type { OpenContenders, OpenPage } from './open-contenders.js';

const rounds = { whole: 10, quick: 2 };
const against = 'one localStorage.getItem';

export async function keptCalls(
  open: OpenContenders,
  countRequests: () => number,
  effort: Effort,
): Promise<Row[]> {
  return [...(await oursKept(open.ours, effort)), ...(await contendersKept(open, countRequests, effort))];
}

/** A whole run makes a million calls, timed by the hundred, because the page's clock ticks in 5 microseconds. */
async function oursKept({ page, devtools }: OpenPage, effort: Effort): Promise<Row[]> {
  const token = await page.evaluate(() => contender.ask());
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  };
  await hundreds(page, 'ours');
  const before = await heap();
  const { ours, storage } = await interleave(rounds[effort], {
    ours: () => hundreds(page, 'ours'),
    storage: () => hundreds(page, 'storage'),
  });
  const growth = (await heap()) - before;
  const compare = (share: number) => ({
    unit: 'µs',
    ours: quantile(ours.flat(), share),
    against,
    theirs: quantile(storage.flat(), share),
  });
  return [
    row({
      measure: 'a call with a kept token, p50',
      ...compare(0.5),
      goal: { ratio: { atMost: 10 } },
      limit: { ratio: { atMost: 100 } },
    }),
    row({ measure: 'a call with a kept token, p99', ...compare(0.99) }),
    row({
      measure: 'a call with a kept token, heap growth',
      unit: 'bytes',
      ours: Math.max(0, growth) / (ours.flat().length * 100),
      against: 'the token itself',
      theirs: token.length,
      ...(effort === 'whole' && { goal: { ours: { atMost: 0.1 } } }),
    }),
  ];
}

/** Microseconds of a call, a thousand times the mean of a hundred. */
const hundreds = (page: Page, what: 'ours' | 'storage'): Promise<number[]> =>
  page.evaluate((what) => {
    const once =
      what === 'ours'
        ? () => window.authoriseChatWithCallback?.(() => {})
        : () => localStorage.getItem('live-assist-bridge');
    return Array.from({ length: 1000 }, () => {
      const start = performance.now();
      for (let call = 0; call < 100; call++) once();
      return (performance.now() - start) * 10;
    });
  }, what);

/** Some contenders answer with a promise, so all are awaited here. Contenders that do not keep the token are left out. */
async function contendersKept(open: OpenContenders, countRequests: () => number, effort: Effort) {
  const keeping: Record<string, () => Promise<number>> = {};
  for (const [name, { page }] of Object.entries(open)) {
    await page.evaluate(() => contender.ask());
    countRequests();
    await page.evaluate(() => contender.ask());
    if (countRequests() === 0)
      keeping[name] = () =>
        page.evaluate(async () => {
          const start = performance.now();
          for (let call = 0; call < 200; call++) await contender.ask();
          return (performance.now() - start) * 5;
        });
  }
  const { ours = [], ...others } = await interleave<string, number>(rounds[effort], keeping);
  return Object.entries(others).map(([against, theirs]) =>
    row({
      measure: 'a call with a kept token, awaited',
      unit: 'µs',
      ours: median(ours),
      against,
      theirs: median(theirs),
    }),
  );
}
