/** What the tag costs a page in Chromium: evaluation, long tasks and heap, at full speed and throttled. */
import { readFileSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';
import { chromiumLaunchOptions } from '../../e2e/browser/launch-options.js';
import { bundle } from './bundle.js';
import { contenders } from './contenders.js';
import { servePages } from './page-server.js';
import { interleave, median, pairedRatio } from './rounds.js';
import { type Row, row } from './row.js';

const rounds = 3;
const rivals = ['keycloak-js', '@livechat/customer-auth'] as const;

interface Load {
  /** Milliseconds for compiling and running the script. */
  evaluation: number;
  longTasks: number;
  /** Bytes in use after a garbage collection. */
  heap: number;
}

export async function tag(): Promise<Row[]> {
  const file = new URL('../../dist/live-assist-bridge.umd.js', import.meta.url);
  const pages = await servePages({
    ours: { code: readFileSync(file, 'utf8'), attributes: 'data-token-endpoint="/token"' },
    'keycloak-js': { code: await bundle(contenders['keycloak-js'], { globalName: 'keycloak' }) },
    'customer-auth': {
      code: await bundle(contenders['@livechat/customer-auth'], { globalName: 'customerAuth' }),
    },
  });
  const browser = await chromium.launch(await chromiumLaunchOptions());
  const rows: Row[] = [];
  try {
    for (const throttle of [1, 4]) {
      const at = (name: string) => () => load(browser, `${pages.origin}/page/${name}`, throttle);
      const loads = await interleave(rounds, {
        none: at('none'),
        ours: at('ours'),
        'keycloak-js': at('keycloak-js'),
        '@livechat/customer-auth': at('customer-auth'),
      });
      const heap = (name: keyof typeof loads) =>
        median(loads[name].map(({ heap }) => heap)) - median(loads.none.map(({ heap }) => heap));
      for (const against of rivals) {
        const [ours, theirs] = [loads.ours, loads[against]].map((all) => all.map((one) => one.evaluation));
        rows.push(
          row({
            measure: `evaluation at ${throttle}x`,
            unit: 'ms',
            ours: median(ours ?? []),
            against,
            theirs: median(theirs ?? []),
            ratio: pairedRatio(ours ?? [], theirs ?? []),
            ...(against === 'keycloak-js' && {
              goal: { ratio: { atMost: 1 }, ...(throttle === 1 && { ours: { atMost: 1 } }) },
            }),
          }),
          row({
            measure: `heap added at ${throttle}x`,
            unit: 'bytes',
            ours: heap('ours'),
            against,
            theirs: heap(against),
            ...(against === 'keycloak-js' && { goal: { ratio: { atMost: 1 } } }),
          }),
        );
      }
      const longTasks = (name: keyof typeof loads) =>
        loads[name].reduce((sum, one) => sum + one.longTasks, 0);
      rows.push(
        row({
          measure: `long tasks in ${rounds} loads at ${throttle}x`,
          unit: 'tasks',
          ours: longTasks('ours'),
          against: 'page without',
          theirs: longTasks('none'),
        }),
      );
    }
  } finally {
    await browser.close();
    pages.close();
  }
  return rows;
}

interface TraceEvent {
  name: string;
  dur?: number;
  args: { data?: { url?: string } };
}

/** Loads the page once, in a context of its own: nothing is cached, neither file nor code. */
async function load(browser: Browser, url: string, throttle: number): Promise<Load> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await browser.startTracing(page, { categories: ['devtools.timeline'] });
    await page.goto(url, { waitUntil: 'load' });
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const longTasks = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().length)).observe({
            type: 'longtask',
            buffered: true,
          });
          setTimeout(() => resolve(0), 100);
        }),
    );
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const evaluations = trace.traceEvents.filter(
      ({ name, args }) => name === 'EvaluateScript' && args.data?.url?.includes('/script/'),
    );
    return {
      evaluation: evaluations.reduce((sum, { dur = 0 }) => sum + dur, 0) / 1000,
      longTasks,
      heap: usedSize,
    };
  } finally {
    await context.close();
  }
}
