/**
 * Decides which pages may read a token. A page of another site must never get one.
 *
 * @module
 */
import { readHeaders } from '../contract/answer-headers.js';
import { isLocalHost, isOrigin } from '../contract/origins.js';

/** Whether the request may be answered, and the headers that let an allowed page on another origin read the answer. */
export interface OriginRule {
  mayRead(request: Request): boolean;
  headers(request: Request): Record<string, string>;
}

/**
 * Creates the rule for an endpoint on any host of the site.
 *
 * If the browser sends `Sec-Fetch-Site`, its word counts: `same-origin` and `none` pass. Without that header, a request
 * without `Origin` passes, because it does not come from a page but from a phone or a server. An `Origin` passes if it
 * names the request's host. Schemes are not compared, because TLS may end at a proxy. All other origins must be in
 * `allowedOrigins`.
 *
 * @throws TypeError if an entry is not an origin as browsers write it (`*` and `null` are not), or uses plain http for
 * a host other than localhost.
 */
export function createOriginRule(allowedOrigins: readonly string[]): OriginRule {
  const allowed = new Set(allowedOrigins.map(requireOrigin));
  return {
    mayRead({ headers, url }) {
      const origin = headers.get('Origin');
      if (origin !== null && allowed.has(origin)) return true;
      const site = headers.get('Sec-Fetch-Site');
      if (site !== null) return site === 'same-origin' || site === 'none';
      return origin === null || namesHost(origin, headers.get('Host') || new URL(url).host);
    },
    headers({ method, headers }) {
      const origin = headers.get('Origin');
      if (origin === null || !allowed.has(origin)) return {};
      const readable = {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Expose-Headers': readHeaders.join(', '),
      };
      if (method !== 'OPTIONS') return readable;
      const asked = headers.get('Access-Control-Request-Headers');
      return {
        ...readable,
        'Access-Control-Allow-Methods': 'GET, POST',
        ...(asked && { 'Access-Control-Allow-Headers': asked }),
      };
    },
  };
}

/** Compared as URLs of one scheme, so that a default port may be written or left out. */
function namesHost(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const own = `${new URL(origin).protocol}//${host}`;
  return URL.canParse(own) && new URL(own).origin === origin;
}

function requireOrigin(origin: unknown): string {
  if (typeof origin !== 'string' || !isOrigin(origin))
    throw new TypeError(
      `allowedOrigins holds ${JSON.stringify(origin)}, which is not an origin. Write scheme, host and port as browsers do, like "https://shop.example.com".`,
    );
  if (/^http:/.test(origin) && !isLocalHost(new URL(origin).hostname))
    throw new TypeError(
      `allowedOrigins holds ${JSON.stringify(origin)}: without TLS, anyone on the network path can alter its pages and take the visitor's token. Serve them over https; plain http is for localhost.`,
    );
  return origin;
}
