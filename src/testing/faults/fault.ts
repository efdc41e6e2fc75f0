/** One fault of the token endpoint, which must meet a request. */
import type { Page, Request, Response, Route } from '@playwright/test';
import { faultHeader } from './answer-route.js';
import { explainUnmet } from './unmet-fault.js';

export interface FaultOptions {
  /** As it is called in messages. */
  name: string;
  /**
   * Plays the fault on a request to the token endpoint; resolves to a sentence where that was not possible. Without it
   * every request that fails has met the fault.
   */
  play?: ((route: Route) => Promise<unknown>) | undefined;
  /** Whether the endpoint's own answer reaches the page in the end. @default false */
  passes?: boolean | undefined;
}

/** Whether it is of `page`; a service worker's request may be. */
function isOf(page: Page, request: Request): boolean {
  if (request.serviceWorker()) return true;
  try {
    return request.frame().page() === page;
  } catch {
    // That of a page which has just begun to load.
    return false;
  }
}

/** A check of addresses: a path is looked for on every host, a whole address on its own. */
export function matchEndpoint(tokenEndpoint: string): (url: URL) => boolean {
  const isPath = !URL.canParse(tokenEndpoint);
  const { origin, pathname } = new URL(tokenEndpoint, 'http://any.host');
  return (url) => url.pathname === pathname && (isPath || url.origin === origin);
}

/**
 * Begins a fault, for every page of the context; what it resolves to ends it.
 *
 * @throws Error when ended before the fault was played on any request of `page`, naming who answered in its place, if that can
 * be told.
 */
export async function beginFault(
  page: Page,
  tokenEndpoint: string,
  { name, play, passes = false }: FaultOptions,
): Promise<() => Promise<void>> {
  const context = page.context();
  const isEndpoint = matchEndpoint(tokenEndpoint);
  const others = new Set<string>();
  const made = new Set<Request>();
  const met = new Set<Request>();
  const playing = new Set<Request>();
  let impostor: Response | undefined;
  let why = '';

  const onRequest = (request: Request) => {
    const url = new URL(request.url());
    if (!isOf(page, request)) return;
    if (isEndpoint(url)) made.add(request);
    else if (['fetch', 'xhr'].includes(request.resourceType()))
      others.add(`${request.method()} ${url.pathname}`);
  };
  const onFailure = (request: Request) => {
    if (!play && isEndpoint(new URL(request.url())) && isOf(page, request)) met.add(request);
  };
  const onResponse = (response: Response) => {
    const request = response.request();
    if (!isEndpoint(new URL(response.url()))) return;
    // Chromium tells. Firefox offers the request to the fault as well, and drops what that answers.
    const isOurs = faultHeader in response.headers() || (passes && !playing.has(request));
    if (!response.fromServiceWorker() && (isOurs || !met.has(request))) return;
    impostor = response;
    met.delete(request);
  };
  const onRoute = async (route: Route) => {
    const request = route.request();
    // Counted first: the test may end while the fault is still being played.
    if (isOf(page, request)) met.add(request);
    playing.add(request);
    const unable = await Promise.resolve(play?.(route)).catch(async (error: Error) => {
      await route.abort().catch(() => {});
      return `It could not be played: ${error.message}`;
    });
    playing.delete(request);
    if (typeof unable !== 'string') return;
    if (met.delete(request)) why = unable;
  };

  context.on('request', onRequest).on('requestfailed', onFailure).on('response', onResponse);
  if (play) await context.route(isEndpoint, onRoute);
  return async () => {
    context.off('request', onRequest).off('requestfailed', onFailure).off('response', onResponse);
    // Not of a context that the test has closed.
    if (play) await context.unroute(isEndpoint, onRoute).catch(() => {});
    if (met.size > 0) return;
    if (why) throw new Error(`The fault "${name}" was not played on a request to ${tokenEndpoint}. ${why}`);
    why = await explainUnmet({ impostor, made: [...made], others: [...others] });
    throw new Error(`The fault "${name}" met no request to ${tokenEndpoint}. ${why}`);
  };
}
