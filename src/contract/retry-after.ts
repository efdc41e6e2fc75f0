/**
 * Reads how long a server asks clients to wait.
 *
 * @module
 */

/**
 * Milliseconds to wait according to `Retry-After` (RFC 9110 section 10.2.3); `undefined` if it is missing or unreadable.
 *
 * The header holds seconds or a date. A date is compared with the answer's own `Date`, because the clock here may be
 * wrong.
 */
export function retryAfter(headers: Pick<Headers, 'get'>): number | undefined {
  const value = headers.get('Retry-After') ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Without the zone, Date.parse would take "1.5 s" or a number for a date in local time.
  if (!/ GMT$/.test(value)) return undefined;
  const wait = Date.parse(value) - (Date.parse(headers.get('Date') ?? '') || Date.now());
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
