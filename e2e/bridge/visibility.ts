/**
 * Hides a page as a visitor does who goes to another tab, and shows it again.
 *
 * @module
 */
import type { Page } from '@playwright/test';

/**
 * Chromium without a window never hides a page, whichever tab is in front: the state is put on and the event sent by
 * hand. Only the back/forward cache hides one for real.
 */
export const turn = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    Object.defineProperty(document, 'hidden', { value: value === 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, state);
