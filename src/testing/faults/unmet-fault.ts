/**
 * Explains why a fault met no request, as far as can be seen from outside the page.
 *
 * @module
 */
import type { Request, Response } from '@playwright/test';

export interface Seen {
  /** An answer that came from elsewhere, in place of the fault's answer. */
  impostor?: Response | undefined;
  /** Requests to the token endpoint that the fault did not meet. */
  made: Request[];
  /** Other requests, as text. */
  others: string[];
}

/** Returns one or two sentences with a remedy. */
export async function explainUnmet({ impostor, made, others }: Seen): Promise<string> {
  if (impostor)
    return `The service worker ${await workerOf(impostor)} answered in its place. Set serviceWorkers: 'block' in \`use\` for this test.`;
  const redirected = made.find((request) => request.redirectedFrom())?.redirectedFrom();
  if (redirected)
    return `One was made, by a redirect from ${new URL(redirected.url()).pathname}, and faults play on first requests only. Set tokenEndpoint to that.`;
  if (made.length > 0)
    return 'One was made, but another route answered it: page.route comes before a fault, and so does a later context.route. Call route.fallback() in that handler, or remove it. Or did context.unrouteAll() remove the fault?';
  const seen = others.length > 0 ? ` Requests seen meanwhile: ${others.slice(0, 5).join(', ')}.` : '';
  return `Was the token kept from before (reload the page, or call askAgain())? Is tokenEndpoint right? Or is nobody signed in on the page, so that it asks for none?${seen}`;
}

async function workerOf(response: Response): Promise<string> {
  const { origin } = new URL(response.url());
  const page = response.frame().page();
  const workers = page.context().serviceWorkers();
  const listed = workers.find((worker) => new URL(worker.url()).origin === origin)?.url();
  if (listed) return listed;
  // Playwright lists workers in Chromium only.
  const controller = await page
    .evaluate(() => navigator.serviceWorker?.controller?.scriptURL)
    .catch(() => undefined);
  return controller ?? `of ${origin}`;
}
