/**
 * What the headers of a token endpoint's answer say about the whole answer.
 *
 * @module
 */

type ReadableHeaders = Pick<Headers, 'get'>;

/**
 * The headers in which a cache states that it answered. The list is closed: each of them describes the whole answer.
 *
 * Other headers with "cache" in their names often describe only a part of the answer (X-Drupal-Dynamic-Cache, a query
 * cache) or a look-up that had no effect (X-Cache-Lookup).
 */
export const cacheHeaders = [
  'Cache-Status',
  'CF-Cache-Status',
  'CDN-Cache',
  'X-Cache',
  'X-Cache-Status',
  'X-Proxy-Cache',
  'X-Nginx-Cache',
  'X-FastCGI-Cache',
  'X-Varnish-Cache',
  'X-Vercel-Cache',
  'X-Nextjs-Cache',
  'X-Rack-Cache',
  'X-Drupal-Cache',
  'X-LiteSpeed-Cache',
  'X-Magento-Cache-Debug',
  'X-Kinsta-Cache',
  'X-Sucuri-Cache',
];

/** The headers that the bridge reads. Across origins it sees only those in `Access-Control-Expose-Headers`. */
export const readHeaders = ['Date', 'Age', 'Retry-After', 'X-Responded-JSON', ...cacheHeaders];

/**
 * Matches a word for an answer from a cache. `fwd=stale` (RFC 9211) is excluded: it is a reason for asking the origin.
 */
const kept = /(^|[^a-z=])(refresh)?(hit|stale|fresh|updating|revalidated|prerender)(?![a-z]|=\?0)/i;

/** Returns the name of the header that shows that a cache answered in place of the endpoint, or `undefined`. */
export function cachedBy(headers: ReadableHeaders): string | undefined {
  // Two caches in a row turn Age into a list. Any digit other than 0 means that the answer is old.
  if (/[1-9]/.test(headers.get('Age') ?? '')) return 'Age';
  // Not `find`, which some pages have replaced by a function that takes a value.
  for (const name of cacheHeaders) if (kept.test(headers.get(name) ?? '')) return name;
  return undefined;
}

/**
 * Returns the status that the endpoint meant.
 *
 * OWIN and Dynamics portals answer a script's request with 200 and put the actual status into `X-Responded-JSON`.
 */
export function meantStatus(status: number, headers: ReadableHeaders): number {
  const meant = /"status"\s*:\s*(\d{3})\b/.exec(headers.get('X-Responded-JSON') ?? '');
  return Number(meant?.[1] ?? status);
}
