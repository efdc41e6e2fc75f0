/**
 * One fault of the token endpoint. A fault that meets no request fails the test.
 *
 * @module
 */
import type { Page, Request, Response, Route } from '@playwright/test';
import { isEngaged } from '../engagement/page-channel.js';
import { faultHeader } from './answer-route.js';
import { explainUnmet } from './unmet-fault.js';

/** The pages that a fault applies to. */
export interface FaultScope {
  page: Page;
  /** Whether the fault applies to every page of the context, or only to `page`. */
  of: 'context' | 'page';
}

export interface FaultOptions {
  /** The fault's name in messages. */
  name: string;
  /**
   * Plays the fault on a request to the token endpoint, and resolves to a sentence if that was not possible. Without
   * `play`, every failed request has met the fault.
   */
  play?: ((route: Route) => Promise<unknown>) | undefined;
  /** Whether the page receives the endpoint's own answer in the end. @default false */
  passes?: boolean | undefined;
}

/** Whether `request` comes from a page that `isMeant`. A service worker's request may come from one. */
function isOf(isMeant: (page: Page) => boolean, request: Request): boolean {
  if (request.serviceWorker()) return true;
  try {
    return isMeant(request.frame().page());
  } catch {
    // A page that has just begun to load has no frame yet.
    return false;
  }
}

/** The scope's name in messages. */
export const scopeName = ({ of, page }: FaultScope): string =>
  of === 'context' ? 'the context' : `the page ${page.url().replace(/[?#].*/, '')}`;

/** Returns a check of addresses. A path matches on every host; a whole address matches only itself. */
export function matchEndpoint(tokenEndpoint: string): (url: URL) => boolean {
  const isPath = !URL.canParse(tokenEndpoint);
  const { origin, pathname } = new URL(tokenEndpoint, 'http://any.host');
  return (url) => url.pathname === pathname && (isPath || url.origin === origin);
}

/**
 * Begins a fault, and resolves to the function that ends it.
 *
 * A context's fault is played on the requests of all its pages. At least one of them must come from a page with an
 * engagement, or from `scope.page`. A page's fault is played only on that page's requests.
 *
 * @throws Error if the fault ends before it was played on such a request. The message names what answered instead, if
 * known.
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
    // Chromium shows whether the fault answered. Firefox also offers the request to the fault, but then drops the
    // fault's answer.
    const isOurs = faultHeader in response.headers() || (passes && !playing.has(request));
    if (!response.fromServiceWorker() && (isOurs || !met.has(request))) return;
    impostor = response;
    met.delete(request);
  };
  const onRoute = async (route: Route) => {
    const request = route.request();
    if (of === 'page' && !counts(request)) return route.fallback();
    // Counted before it is played, because the test may end while the fault is being played.
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
    // The test may have closed the context.
    if (play) await context.unroute(isEndpoint, onRoute).catch(() => {});
    if (met.size > 0) return;
    const whose = `It belongs to ${scopeName(scope)}.`;
    if (why)
      throw new Error(`The fault "${name}" was not played on a request to ${tokenEndpoint}. ${why} ${whose}`);
    why = await explainUnmet({ impostor, made: [...made], others: [...others] });
    throw new Error(`The fault "${name}" met no request to ${tokenEndpoint}. ${why} ${whose}`);
  };
}
