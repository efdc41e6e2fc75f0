/**
 * From Live Assist's call to the callback, in Chromium: kept, first, many at once, over a slow network, fetched ahead.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Bridge } from 'live-assist-bridge';
import { type CDPSession, chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../../e2e/browser/launch-options.js';
import { servePages } from './page-server.js';
import { interleave, median, pairedRatio, quantile } from './rounds.js';
import { type Row, row } from './row.js';

declare const liveAssistBridge: { bridge: Bridge };

const rounds = 200;
const slowRounds = 15;
const loopback = 'first call on loopback';
const bare = 'bare fetch and JSON';

/** Opens the page with the tag and measures. All times are taken in the page, in milliseconds. */
export async function call(): Promise<Row[]> {
  const file = new URL('../../dist/live-assist-bridge.umd.js', import.meta.url);
  const pages = await servePages({
    ours: { code: readFileSync(file, 'utf8'), attributes: 'data-token-endpoint="/token"' },
  });
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    const page = await browser.newPage();
    // tsx wraps named functions in a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (named) => named');
    await page.goto(`${pages.origin}/page/ours`);
    const devtools = await page.context().newCDPSession(page);
    return [
      ...(await kept(page, devtools)),
      ...(await first(page, rounds, loopback)),
      ...(await many(page, pages.countRequests)),
      ...(await slow(page, devtools, pages.countRequests)),
    ];
  } finally {
    await browser.close();
    pages.close();
  }
}

/** A million calls that are answered from memory; timed by the hundred, because the page's clock ticks in 5 microseconds. */
async function kept(page: Page, devtools: CDPSession): Promise<Row[]> {
  await page.evaluate(() => liveAssistBridge.bridge.getToken());
  const samples = (what: 'ours' | 'storage') =>
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
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  };
  await samples('ours');
  const before = await heap();
  const { ours, storage } = await interleave(10, {
    ours: () => samples('ours'),
    storage: () => samples('storage'),
  });
  const growth = (await heap()) - before;
  const against = 'one localStorage.getItem';
  const compare = (share: number) => ({
    unit: 'us',
    ours: quantile(ours.flat(), share),
    against,
    theirs: quantile(storage.flat(), share),
  });
  return [
    row({
      measure: '1,000,000 calls with a kept token, p50',
      ...compare(0.5),
      goal: { ratio: { atMost: 10 } },
    }),
    row({ measure: '1,000,000 calls with a kept token, p99', ...compare(0.99) }),
    row({
      measure: '1,000,000 calls with a kept token, heap growth',
      unit: 'bytes per call',
      ours: Math.max(0, growth) / 1e6,
      against: 'the token itself',
      theirs: (await page.evaluate(() => liveAssistBridge.bridge.getToken())).length,
      goal: { ours: { atMost: 0.1 } },
    }),
  ];
}

/** Milliseconds of one call without a kept token. */
function once(page: Page, what: 'ours' | 'bare'): Promise<number> {
  return page.evaluate((what) => {
    liveAssistBridge.bridge.forgetToken();
    return new Promise<number>((resolve, reject) => {
      const start = performance.now();
      const callback = (token: string | null) =>
        token ? resolve(performance.now() - start) : reject(new Error('The call was refused.'));
      if (what === 'ours') window.authoriseChatWithCallback?.(callback);
      else
        fetch('/token', { cache: 'no-store' })
          .then((answer) => answer.json())
          .then(({ token }) => callback(token), reject);
    });
  }, what);
}

async function first(page: Page, count: number, measure: string): Promise<Row[]> {
  const { ours, bare: theirs } = await interleave(count, {
    ours: () => once(page, 'ours'),
    bare: () => once(page, 'bare'),
  });
  const figures = { ours: median(ours), against: bare, theirs: median(theirs) };
  return [
    row({
      measure,
      unit: 'ms',
      ...figures,
      ratio: pairedRatio(ours, theirs),
      goal: { ratio: { atMost: 1.05 } },
    }),
  ];
}

/** Simultaneous callers: the number of requests, and the cost of each further caller. */
async function many(page: Page, countRequests: () => number): Promise<Row[]> {
  const perCaller = (callers: number) =>
    page.evaluate(async (callers) => {
      liveAssistBridge.bridge.forgetToken();
      const start = performance.now();
      let firstAnswer = 0;
      let joined = 0;
      await new Promise<void>((resolve) => {
        let waiting = callers;
        for (let caller = 0; caller < callers; caller++)
          window.authoriseChatWithCallback?.(() => {
            firstAnswer ||= performance.now();
            if (--waiting === 0) resolve();
          });
        joined = performance.now() - start;
      });
      return ((joined + performance.now() - firstAnswer) * 1000) / callers;
    }, callers);
  countRequests();
  const rows: Row[] = [];
  for (const callers of [1, 100, 10_000]) {
    await perCaller(callers);
    rows.push(
      row({
        measure: `${callers} callers at once`,
        unit: 'requests',
        ours: countRequests(),
        against: 'a fetch for each',
        theirs: callers,
        goal: { ours: { atMost: 1 } },
      }),
    );
  }
  const costs = await interleave(slowRounds, {
    hundred: () => perCaller(100),
    tenThousand: () => perCaller(10_000),
  });
  rows.push(
    row({
      measure: 'cost of each of 10,000 callers',
      unit: 'us',
      ours: median(costs.tenThousand),
      against: 'each of 100',
      theirs: median(costs.hundred),
      ratio: pairedRatio(costs.tenThousand, costs.hundred),
      goal: { ratio: { atMost: 1.5 } },
    }),
  );
  return rows;
}

/** One round trip and nothing added; none at the click when `getToken` was called ahead. */
async function slow(page: Page, devtools: CDPSession, countRequests: () => number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const latency of [50, 300]) {
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    rows.push(...(await first(page, slowRounds, `first call at ${latency} ms of latency`)));
  }
  const coldCall = await once(page, 'bare');
  await page.evaluate(() => liveAssistBridge.bridge.getToken());
  countRequests();
  const click = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        window.authoriseChatWithCallback?.(() => resolve(performance.now() - start));
      }),
  );
  const ahead = 'the click, with getToken() called ahead, at 300 ms';
  return [
    ...rows,
    row({
      measure: ahead,
      unit: 'ms',
      ours: click,
      against: bare,
      theirs: coldCall,
      goal: { ours: { atMost: 1 } },
    }),
    row({
      measure: ahead,
      unit: 'requests',
      ours: countRequests(),
      against: bare,
      theirs: 1,
      goal: { ours: { atMost: 0 } },
    }),
  ];
}
