/**
 * Answers a request in the token endpoint's place.
 *
 * @module
 */
import type { Route } from '@playwright/test';

/** The header by which the answer of a fault is told from anyone else's. */
export const faultHeader = 'x-live-assist-fault';

export interface RouteAnswer {
  status: number;
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

/** Fulfils `route`; a page on another origin may read the answer, as it may read the endpoint's own. */
export async function answerRoute(
  route: Route,
  { headers, contentType, ...answer }: RouteAnswer,
): Promise<void> {
  const { origin } = route.request().headers();
  const cors = origin && {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': ['date', ...Object.keys(headers ?? {})].join(', '),
  };
  const own = {
    'content-type': contentType,
    'cache-control': 'no-store',
    date: new Date().toUTCString(),
    [faultHeader]: 'yes',
  };
  await route.fulfill({ ...answer, headers: { ...own, ...cors, ...headers } });
}
