/**
 * One fault of the token endpoint, which must meet a request.
 *
 * @module
 */
import type { Page, Request, Response, Route } from '@playwright/test';
import { isEngaged } from '../engagement/page-channel.js';
import { faultHeader } from './answer-route.js';
import { explainUnmet } from './unmet-fault.js';

/** Whom a fault belongs to. */
export interface FaultScope {
  page: Page;
  /** Whether every page of the context meets the fault, or `page` alone. */
  of: 'context' | 'page';
}

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

/** Whether `request` was made by a page that `isMeant`; a service worker's request may be. */
function isOf(isMeant: (page: Page) => boolean, request: Request): boolean {
  if (request.serviceWorker()) return true;
  try {
    return isMeant(request.frame().page());
  } catch {
    // The request of a page that has just begun to load.
    return false;
  }
}

/** As messages name it. */
export const scopeName = ({ of, page }: FaultScope): string =>
  of === 'context' ? 'the context' : `the page ${page.url().replace(/[?#].*/, '')}`;

/** A check of addresses: a path is looked for on every host, a whole address on its own. */
export function matchEndpoint(tokenEndpoint: string): (url: URL) => boolean {
  const isPath = !URL.canParse(tokenEndpoint);
  const { origin, pathname } = new URL(tokenEndpoint, 'http://any.host');
  return (url) => url.pathname === pathname && (isPath || url.origin === origin);
}

/**
 * Begins a fault; what it resolves to ends it.
 *
 * A fault of the context is played on the requests of all its pages, and must be played on one of a page with an
 * engagement, or of `scope.page`. A fault of a page is played on that page's requests alone.
 *
 * @throws Error when ended before the fault was played on any such request, naming who answered in its place, if that can be
 * told.
 */
export async function beginFault(
  scope: FaultScope,
  tokenEndpoint: string,
  { name, play, passes = false }: FaultOptions,
): Promise<() => Promise<void>> {
  const { page, of } = scope;
  const context = page.context();
  const counts = (request: Request) =>
    isOf((other) => other === page || (of === 'context' && isEngaged(other)), request);
  const isEndpoint = matchEndpoint(tokenEndpoint);
  const others = new Set<string>();
  const made = new Set<Request>();
  const met = new Set<Request>();
  const playing = new Set<Request>();
  let impostor: Response | undefined;
  let why = '';

  const onRequest = (request: Request) => {
    const url = new URL(request.url());
    if (!counts(request)) return;
    if (isEndpoint(url)) made.add(request);
    else if (['fetch', 'xhr'].includes(request.resourceType()))
      others.add(`${request.method()} ${url.pathname}`);
  };
  const onFailure = (request: Request) => {
    if (!play && isEndpoint(new URL(request.url())) && counts(request)) met.add(request);
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
    if (of === 'page' && !counts(request)) return route.fallback();
    // Counted first: the test may end while the fault is still being played.
    if (counts(request)) met.add(request);
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
    const whose = `It belongs to ${scopeName(scope)}.`;
    if (why)
      throw new Error(`The fault "${name}" was not played on a request to ${tokenEndpoint}. ${why} ${whose}`);
    why = await explainUnmet({ impostor, made: [...made], others: [...others] });
    throw new Error(`The fault "${name}" met no request to ${tokenEndpoint}. ${why} ${whose}`);
  };
}
