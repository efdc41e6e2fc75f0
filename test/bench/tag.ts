/**
 * What the tag costs a page in Chromium: evaluation, long tasks and heap, at full speed and throttled.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';
import { chromiumLaunchOptions } from '../../e2e/browser/launch-options.js';
import { bundle } from './bundle.js';
import { servePages } from './page-server.js';
import { interleave, mean, median, pairedRatio } from './rounds.js';
import { type Row, row } from './row.js';

const rounds = 61;

/** Ready to use, like our tag: evaluated and constructed, as at the start of their documentation. */
const rivals = {
  'keycloak-js': `import Keycloak from 'keycloak-js';
    export const rival = new Keycloak({ url: 'https://login.example.com', realm: 'shop', clientId: 'site' });`,
  '@livechat/customer-auth': `import createAuth from '@livechat/customer-auth';
    export const rival = createAuth({ clientId: 'site', organizationId: 'shop', licenseId: 1 });`,
};

interface Load {
  /** Milliseconds of the main thread for compiling and running the script. */
  evaluation: number;
  longTasks: number;
  /** KiB in use after a garbage collection. */
  heap: number;
}

export async function tag(): Promise<Row[]> {
  const file = new URL('../../dist/live-assist-bridge.umd.js', import.meta.url);
  const pages = await servePages({
    ours: { code: readFileSync(file, 'utf8'), attributes: 'data-token-endpoint="/token"' },
    'keycloak-js': { code: await bundle(rivals['keycloak-js'], { globalName: 'rival' }) },
    'customer-auth': { code: await bundle(rivals['@livechat/customer-auth'], { globalName: 'rival' }) },
  });
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    const rows: Row[] = [];
    for (const throttle of [1, 4]) {
      const page = (name: string) => () => load(browser, `${pages.origin}/page/${name}`, throttle);
      rows.push(
        ...compare(
          throttle,
          await interleave(rounds, {
            none: page('none'),
            ours: page('ours'),
            'keycloak-js': page('keycloak-js'),
            '@livechat/customer-auth': page('customer-auth'),
          }),
        ),
      );
    }
    return rows;
  } finally {
    await browser.close();
    pages.close();
  }
}

function compare(throttle: number, loads: Record<'none' | 'ours' | keyof typeof rivals, Load[]>): Row[] {
  const figures = (name: keyof typeof loads, figure: keyof Load) => loads[name].map((one) => one[figure]);
  const rows: Row[] = [];
  for (const against of Object.keys(rivals) as (keyof typeof rivals)[]) {
    const [ours, theirs] = [figures('ours', 'evaluation'), figures(against, 'evaluation')];
    // Chromium throttles by stopping the thread for periods longer than these scripts run. Each run is hit completely
    // or not at all, so the median depends on chance.
    const isThrottled = throttle > 1;
    const average = isThrottled ? mean : median;
    rows.push(
      row({
        measure: `evaluation at ${throttle}x${isThrottled ? ', mean' : ''}`,
        unit: 'ms',
        ours: average(ours),
        against,
        theirs: average(theirs),
        ...(!isThrottled && { ratio: pairedRatio(ours, theirs) }),
        goal: against === 'keycloak-js' ? { ratio: { atMost: 0.6 } } : undefined,
      }),
    );
  }
  for (const against of ['none', ...Object.keys(rivals)] as const) {
    const [ours, theirs] = [
      median(figures('ours', 'heap')),
      median(figures(against as keyof typeof loads, 'heap')),
    ];
    rows.push(row({ measure: `heap of the page at ${throttle}x`, unit: 'KiB', ours, against, theirs }));
  }
  // At 4x, whether the page itself is a long task depends on chance, so the share of all loads is reported.
  const longTasks = (name: keyof typeof loads) => mean(figures(name, 'longTasks'));
  for (const against of ['none', ...Object.keys(rivals)] as const)
    rows.push(
      row({
        measure: `long tasks of a load at ${throttle}x, mean`,
        unit: 'tasks',
        ours: longTasks('ours'),
        against,
        theirs: longTasks(against as keyof typeof loads),
      }),
    );
  return rows;
}

interface TraceEvent {
  name: string;
  /** Microseconds of the thread's processor time. */
  tdur?: number;
  args: { data?: { url?: string } };
}

/** Loads the page once in a new context, so that neither file nor code is cached. */
async function load(browser: Browser, url: string, throttle: number): Promise<Load> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    // The site's process starts before it is throttled, because a new process is throttled only after it has begun.
    await page.goto(new URL('/page/none', url).href);
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
      evaluation: evaluations.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000,
      longTasks,
      heap: usedSize / 1024,
    };
  } finally {
    await context.close();
  }
}
