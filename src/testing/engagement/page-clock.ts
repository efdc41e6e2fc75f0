/**
 * Drives the time of a page, so that what is slow needs no real waiting.
 *
 * @module
 */
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

/** The end of the last drive of each page's clock. */
const drives = new WeakMap<Page, Promise<void>>();

/**
 * Lets `milliseconds` pass while the page waits for an answer, or less once `isOver`; every timer goes off in its turn.
 * Time that passes by itself meanwhile counts, and of several requests at once all wait through the same time.
 *
 * Resolves to a sentence where the page stands still instead.
 */
export async function passTime(
  page: Page,
  milliseconds: number,
  isOver: () => boolean,
): Promise<string | undefined> {
  const over = new AbortController();
  const begun = readTime(page).finally(() => over.abort());
  const stands = delay(standstill, null, { signal: over.signal }).catch(() => begun);
  let begin = await Promise.race([begun, stands]);
  if (begin === null)
    return `The page stands still while it waits for the answer, so its time cannot pass. Does it ask by a synchronous XMLHttpRequest? Ask asynchronously: it freezes the visitor's page, too.`;
  // In slices, between which the browser does what it does by itself: it ends a request whose timeout is over.
  const slice = Math.max(500, milliseconds / 100);
  let rest = milliseconds;
  const drive = async () => {
    const now = await readTime(page);
    // A page that navigates has no time to read; what was driven counts all the same.
    if (now) begin ??= now - (milliseconds - rest);
    if (begin && now) rest = Math.min(rest, begin + milliseconds - now);
    if (rest <= 0 || isOver()) return;
    const step = Math.ceil(Math.min(slice, rest));
    await tick(page, () => page.clock.runFor(step));
    rest -= step;
  };
  while (rest > 0 && !isOver()) {
    // One after the other: a request that waits beside this one has its share of the time that passes here.
    const idle = (drives.get(page) ?? Promise.resolve()).then(drive);
    drives.set(page, idle);
    await idle;
  }
  return undefined;
}

/** Milliseconds on the page's clock; undefined while the page navigates, and null where it stands still. */
async function readTime(page: Page): Promise<number | null | undefined> {
  // Firefox evaluates while the page stands still, Chromium does not.
  return await page
    .evaluate(
      (standsStill) => (Reflect.get(globalThis, standsStill) === true ? null : performance.now()),
      standsStill,
    )
    .catch(() => undefined);
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
