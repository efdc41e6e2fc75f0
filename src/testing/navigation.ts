/** Tells a page that navigated from other trouble. */

/** Whether Playwright failed because the page it was talking to made way for another. */
export function isNavigation(error: unknown): boolean {
  return error instanceof Error && /navigat|context was destroyed/i.test(error.message);
}
