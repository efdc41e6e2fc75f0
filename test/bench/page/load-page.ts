/**
 * Loads a page once and reads from Chromium what its script cost.
 *
 * @module
 */
import type { Browser } from 'playwright';

export interface Load {
  /** Milliseconds of the main thread for compiling and running the script. */
  evaluation: number;
  /** KiB in use after a garbage collection. */
  heap: number;
}

interface TraceEvent {
  name: string;
  /** Microseconds of the thread's processor time. */
  tdur?: number;
  args: { data?: { url?: string } };
}

/** Uses a new context, so that neither file nor code is cached. */
export async function loadPage(browser: Browser, url: string, throttle: number): Promise<Load> {
  const context = await browser.newContext();
  let problem: Error | undefined;
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => {
      problem ??= error;
    });
    // The site's process starts before it is throttled, because a new process is throttled only after it has begun.
    await page.goto(new URL('/page/none', url).href);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await browser.startTracing(page, { categories: ['devtools.timeline'] });
    await page.goto(url, { waitUntil: 'load' });
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    if (problem) throw new Error(`${url}: ${problem.message}`);
    const evaluations = trace.traceEvents.filter(
      ({ name, args }) => name === 'EvaluateScript' && args.data?.url?.includes('/script/'),
    );
    return {
      evaluation: evaluations.reduce((total, { tdur = 0 }) => total + tdur, 0) / 1000,
      heap: usedSize / 1024,
    };
  } finally {
    await context.close();
  }
}
