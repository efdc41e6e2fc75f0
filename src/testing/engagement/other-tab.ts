/**
 * Does something in a second tab, while the first one is in the background.
 *
 * @module
 */
import type { Page } from '@playwright/test';

/** Runs in the page. Browsers under test call every tab visible, so the page is told otherwise. */
function setVisible(visible: boolean): void {
  Reflect.deleteProperty(document, 'visibilityState');
  Reflect.deleteProperty(document, 'hidden');
  if (!visible) {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
  }
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

/** Opens a tab beside `page` with the same session, does `what` in it and closes it. */
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
    // That is what went wrong, not that a test which has timed out has no pages any more.
    await comeBack().catch(() => {});
    throw error;
  }
  await comeBack();
}
