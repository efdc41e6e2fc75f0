/**
 * Runs an action in a second tab while the first tab is in the background.
 *
 * @module
 */
import type { Page } from '@playwright/test';

/** Runs in the page. Browsers under test report every tab as visible, so the page's visibility is overridden. */
function setVisible(visible: boolean): void {
  Reflect.deleteProperty(document, 'visibilityState');
  Reflect.deleteProperty(document, 'hidden');
  if (!visible) {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
  }
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

/** Opens a tab with the same session as `page`, runs `what` in it, and closes it. */
export async function inOtherTab(page: Page, what: (tab: Page) => Promise<unknown>): Promise<void> {
  await page.evaluate(setVisible, false);
  const tab = await page.context().newPage();
  const comeBack = async () => {
    await tab.close();
    await page.evaluate(setVisible, true);
  };
  try {
    await what(tab);
  } catch (error) {
    // Report the error of `what`, not the error of a page that closed because the test timed out.
    await comeBack().catch(() => {});
    throw error;
  }
  await comeBack();
}
