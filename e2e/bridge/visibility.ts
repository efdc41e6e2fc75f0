/**
 * Hides a page, as if the visitor went to another tab, and shows it again.
 *
 * @module
 */
import type { Page } from '@playwright/test';

/**
 * Headless Chromium never hides a page, whichever tab is in front, so the state is overridden and the event is sent
 * here. Only the back/forward cache really hides a page.
 */
export const turn = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    Object.defineProperty(document, 'hidden', { value: value === 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, state);
