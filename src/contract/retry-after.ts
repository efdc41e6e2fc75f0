/** Reads how long a server asks to wait. */

/** Milliseconds to wait by `Retry-After`, given as seconds or as a date (RFC 9110 section 10.2.3). */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After') ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Date.parse alone takes "1.5" for a day in 2001.
  const date = / GMT$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
