/**
 * Formats a token's claims for people: times in seconds are followed by the time of day.
 *
 * @module
 */
import type { JWTPayload } from 'jose';

const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

export const describeClaims = (claims: JWTPayload): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      /^(iat|exp)$/.test(name) ? `${value} (${time.format(Number(value) * 1000)})` : String(value),
    ]),
  );
