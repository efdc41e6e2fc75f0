/** Drives the time of a page, so that what is slow needs no real waiting. */
import type { Page } from '@playwright/test';

/** Puts Playwright's clock on the page, running; one that the test has put there itself stays as it is. */
export async function installClock(page: Page): Promise<void> {
  // A fake Date passes itself off as native; this function does not.
  const isReal = await page.evaluate(() => /\[native code\]/.test(String(performance.now)));
  if (isReal) await page.clock.install();
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
