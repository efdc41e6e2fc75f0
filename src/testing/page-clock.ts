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

/** Milliseconds by which each page's clock was driven, and the end of the last drive. */
const driven = new WeakMap<Page, { ahead: number; idle: Promise<void> }>();

/**
 * Lets `milliseconds` pass while the page waits for an answer, or less once `isOver`; every timer goes off in its turn.
 * Of several requests at once all wait through the same time.
 *
 * Resolves to a sentence where the page stands still instead.
 */
export async function passTime(
  page: Page,
  milliseconds: number,
  isOver: () => boolean,
): Promise<string | undefined> {
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
  const clock = driven.get(page) ?? { ahead: 0, idle: Promise.resolve() };
  driven.set(page, clock);
  const end = clock.ahead + milliseconds;
  const drive = async () => {
    const rest = Math.min(slice, end - clock.ahead);
    if (rest <= 0 || isOver()) return;
    await tick(page, () => page.clock.runFor(rest));
    clock.ahead += rest;
  };
  while (clock.ahead < end && !isOver()) {
    // One after the other: a request that waits beside this one has its share of the time that passes here.
    clock.idle = clock.idle.then(drive);
    await clock.idle;
  }
  return undefined;
}

/** What a timer of the page throws comes out of Playwright's clock, though the time has passed all the same. */
async function tick(page: Page, move: () => Promise<void>): Promise<void> {
  await move().catch((error: Error) => {
    if (page.isClosed()) throw error;
  });
}

/** As much as Playwright's clock goes forward at once: it counts in 32 bits. */
const leap = 2 ** 31 - 1;

/**
 * Lets `milliseconds` pass as a laptop's lid does: a timer that falls due goes off once, afterwards.
 *
 * @throws Error where the test has fixed the page's clock.
 */
export async function sleep(page: Page, milliseconds: number): Promise<void> {
  await installClock(page);
  const before = await page.evaluate(() => Date.now());
  for (let rest = milliseconds; rest > 0; rest -= leap)
    await tick(page, () => page.clock.fastForward(Math.min(leap, rest)));
  if ((await page.evaluate(() => Date.now())) - before < milliseconds / 2)
    throw new Error(
      'The page’s clock stands still, so that nothing expires on it. Set it by clock.install({ time }) or clock.setSystemTime(), not by clock.setFixedTime().',
    );
}

/** Sets the page's clock wrong by `milliseconds`, ahead or (negative) behind. No timer goes off. */
export async function skewClock(page: Page, milliseconds: number): Promise<void> {
  await installClock(page);
  await page.clock.setSystemTime(Date.now() + milliseconds);
}
