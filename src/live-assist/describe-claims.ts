/**
 * A token's claims for people: numbers of seconds get the time of day beside them.
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
