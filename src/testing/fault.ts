/** One fault of the token endpoint, which must meet a request. */
import type { BrowserContext, Request, Response, Route } from '@playwright/test';

export interface FaultOptions {
  /** As it is called in messages. */
  name: string;
  /**
   * Plays the fault on a request to the token endpoint; resolves to a sentence where that was not possible. Without it
   * every request that fails has met the fault.
   */
  play?: ((route: Route) => Promise<unknown>) | undefined;
}

/** A check of addresses: a path is looked for on every host, a whole address on its own. */
export function matchEndpoint(tokenEndpoint: string): (url: URL) => boolean {
  const isPath = !URL.canParse(tokenEndpoint);
  const { origin, pathname } = new URL(tokenEndpoint, 'http://any.host');
  return (url) => url.pathname === pathname && (isPath || url.origin === origin);
}

/**
 * Begins a fault; what it resolves to ends it.
 *
 * @throws Error when ended before the fault was played on any request, naming the service worker that answered in
 * the endpoint's place if there was one.
 */
export async function beginFault(
  context: BrowserContext,
  tokenEndpoint: string,
  { name, play }: FaultOptions,
): Promise<() => Promise<void>> {
  const isEndpoint = matchEndpoint(tokenEndpoint);
  const others = new Set<string>();
  let met = 0;
  let why = '';

  const onRequest = (request: Request) => {
    const url = new URL(request.url());
    if (!isEndpoint(url) && ['fetch', 'xhr'].includes(request.resourceType()))
      others.add(`${request.method()} ${url.pathname}`);
  };
  const onFailure = (request: Request) => {
    if (!play && isEndpoint(new URL(request.url()))) met += 1;
  };
  const onResponse = (response: Response) => {
    const url = new URL(response.url());
    if (!isEndpoint(url) || !response.fromServiceWorker()) return;
    const worker = context.serviceWorkers().find((worker) => new URL(worker.url()).origin === url.origin);
    why = `The service worker ${worker?.url() ?? `of ${url.origin}`} answered in its place. Set serviceWorkers: 'block' in \`use\` for this test.`;
  };
  const onRoute = async (route: Route) => {
    // Counted first: the test may end while the fault is still being played.
    met += 1;
    const unable = await Promise.resolve(play?.(route)).catch(async (error: Error) => {
      await route.abort().catch(() => {});
      return `It could not be played: ${error.message}`;
    });
    if (typeof unable !== 'string') return;
    met -= 1;
    why = unable;
  };

  context.on('request', onRequest).on('requestfailed', onFailure).on('response', onResponse);
  if (play) await context.route(isEndpoint, onRoute);
  return async () => {
    context.off('request', onRequest).off('requestfailed', onFailure).off('response', onResponse);
    if (play) await context.unroute(isEndpoint, onRoute);
    if (met > 0) return;
    const seen = others.size ? ` Requests seen meanwhile: ${[...others].slice(0, 5).join(', ')}.` : '';
    const guess = `Was the token kept from before (reload the page, or call askAgain())? Is tokenEndpoint right?${seen}`;
    throw new Error(`The fault "${name}" met no request to ${tokenEndpoint}. ${why || guess}`);
  };
}
