/**
 * Reads how long a server asks clients to wait.
 *
 * @module
 */

/**
 * Returns the milliseconds to wait according to `Retry-After` (RFC 9110 section 10.2.3), or `undefined` if the header
 * is missing or unreadable.
 *
 * The header holds seconds or a date. A date is compared with the answer's own `Date`, because the clock here may be
 * wrong.
 */
export function retryAfter(headers: Pick<Headers, 'get'>): number | undefined {
  const value = headers.get('Retry-After') ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Without this check, Date.parse would read "1.5 s" or a number as a date in local time.
  if (!/ GMT$/.test(value)) return undefined;
  const wait = Date.parse(value) - (Date.parse(headers.get('Date') ?? '') || Date.now());
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
