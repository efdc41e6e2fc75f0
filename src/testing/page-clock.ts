/** Drives the time of a page, so that what is slow needs no real waiting. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { standsStill } from './native-timeouts.js';

/** Puts Playwright's clock on the page, running; one that the test has put there itself stays as it is. */
export async function installClock(page: Page): Promise<void> {
  // A fake Date passes itself off as native; this function does not.
  const isReal = await page.evaluate(() => /\[native code\]/.test(String(performance.now)));
  if (isReal) await page.clock.install();
}

/** How long a page may stand still, in real milliseconds, before nothing on it is expected to go on. */
const standstill = 5_000;

/**
 * Lets `milliseconds` pass while the page waits for an answer; every timer goes off in its turn.
 *
 * Resolves to a sentence where the page stands still instead.
 */
export async function passTime(page: Page, milliseconds: number): Promise<string | undefined> {
  const over = new AbortController();
  // Firefox evaluates while the page stands still, Chromium does not.
  const moves = page
    .evaluate((standsStill) => Reflect.get(globalThis, standsStill) !== true, standsStill)
    .catch(() => true)
    .finally(() => over.abort());
  const stands = delay(standstill, false, { signal: over.signal }).catch(() => true);
  if (!(await Promise.race([moves, stands])))
    return `The page stands still while it waits for the answer, so its time cannot pass. Does it ask by a synchronous XMLHttpRequest? Ask asynchronously: it freezes the visitor's page, too.`;
  // In slices, between which the browser does what it does by itself: it ends a request whose timeout is over.
  const slice = Math.max(500, milliseconds / 100);
  for (let rest = milliseconds; rest > 0; rest -= slice) await page.clock.runFor(Math.min(slice, rest));
  return undefined;
}

/** Lets `milliseconds` pass as a laptop's lid does: a timer that falls due goes off once, afterwards. */
export async function sleep(page: Page, milliseconds: number): Promise<void> {
  await installClock(page);
  await page.clock.fastForward(milliseconds);
}

/** Sets the page's clock wrong by `milliseconds`, ahead or (negative) behind. No timer goes off. */
export async function skewClock(page: Page, milliseconds: number): Promise<void> {
  await installClock(page);
  await page.clock.setSystemTime(Date.now() + milliseconds);
}
