/**
 * Answers a request in place of the token endpoint.
 *
 * @module
 */
import type { Route } from '@playwright/test';

/** The header that marks a fault's answer. */
export const faultHeader = 'x-live-assist-fault';

export interface RouteAnswer {
  status: number;
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

/** Fulfils `route`. A page on another origin may read the answer, like the endpoint's own answers. */
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
