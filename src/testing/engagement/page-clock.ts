/**
 * Drives a page's clock, so that slow answers need no real waiting.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { standsStill } from './native-timeouts.js';

/** Installs Playwright's clock on the page, running. A clock that the test has installed is left as it is. */
export async function installClock(page: Page): Promise<void> {
  // A fake Date pretends to be native; a fake performance.now does not.
  const isReal = await page.evaluate(() => /\[native code\]/.test(String(performance.now)));
  if (isReal) await page.clock.install();
}

/** How long a page may be blocked, in real milliseconds, before it is considered stuck. */
const standstill = 5_000;

/** For each page, the end of the last period in which its clock was driven. */
const drives = new WeakMap<Page, Promise<void>>();

/**
 * Advances the page's clock by `milliseconds` while the page waits for an answer, or until `isOver`. Every timer fires
 * in its turn. Time that passes by itself counts, and simultaneous requests wait through the same time.
 *
 * Resolves to a sentence if the page is blocked instead.
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
    return `The page is blocked while it waits for the answer, so its clock cannot advance. Does it use a synchronous XMLHttpRequest? Use an asynchronous one: a synchronous one freezes the visitor's page, too.`;
  // In slices, so that the browser can act in between, for example end a request that has timed out.
  const slice = Math.max(500, milliseconds / 100);
  let rest = milliseconds;
  const drive = async () => {
    const now = await readTime(page);
    // The clock of a navigating page cannot be read. The time driven so far still counts.
    if (now) begin ??= now - (milliseconds - rest);
    if (begin && now) rest = Math.min(rest, begin + milliseconds - now);
    if (rest <= 0 || isOver()) return;
    const step = Math.ceil(Math.min(slice, rest));
    await tick(page, () => page.clock.runFor(step));
    rest -= step;
  };
  while (rest > 0 && !isOver()) {
    // One drive at a time: other waiting requests share the time that passes here.
    const idle = (drives.get(page) ?? Promise.resolve()).then(drive);
    drives.set(page, idle);
    await idle;
  }
  return undefined;
}

/** Milliseconds on the page's clock; `undefined` while the page navigates, `null` if the page is blocked. */
async function readTime(page: Page): Promise<number | null | undefined> {
  // Firefox evaluates scripts while the page is blocked; Chromium does not.
  return await page
    .evaluate(
      (standsStill) => (Reflect.get(globalThis, standsStill) === true ? null : performance.now()),
      standsStill,
    )
    .catch(() => undefined);
}

/** Runs `move`. If a timer of the page throws, Playwright's clock throws, too, but the time has passed. */
async function tick(page: Page, move: () => Promise<void>): Promise<void> {
  await move().catch((error: Error) => {
    if (page.isClosed()) throw error;
  });
}

/** The longest step of Playwright's clock, which counts in 32 bits. */
const leap = 2 ** 31 - 1;

/**
 * Advances the clock like a closed laptop: a timer that falls due meanwhile fires once, afterwards.
 *
 * @throws Error if the test has fixed the page's clock.
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

/** Sets the page's clock wrong by `milliseconds`, ahead or (negative) behind. No timer fires. */
export async function skewClock(page: Page, milliseconds: number): Promise<void> {
  await installClock(page);
  await page.clock.setSystemTime(Date.now() + milliseconds);
}
