/** Checks a token on its arrival and says how long it will live. */
import { type Claims, timeDefect } from '../token/claims.js';
import { readToken } from '../token/read.js';
import { BridgeError } from './errors.js';

const remedies = {
  missing: 'is missing. Add it',
  'not-a-number': 'is not a number. Send seconds as a number, without quotes',
  milliseconds: 'is in milliseconds. Send seconds',
};

/**
 * Seconds that the token has left, by the server's clock.
 *
 * @param date The answer's `Date` header in seconds; `NaN` where it cannot be read: then the visitor's clock counts only where it makes sense.
 * @throws BridgeError `not-a-token`, `wrong-claims` or `token-expired`.
 */
export function tokenLife(token: string, date: number): number {
  const { header, payload } = readToken(token) ?? {};
  if (!payload) throw new BridgeError('not-a-token');
  if (header?.alg !== 'RS256')
    throw new BridgeError(
      'not-a-token',
      undefined,
      'The token is not signed with RS256. Live Assist takes only that.',
    );
  for (const claim of ['iat', 'exp'] as const) {
    const defect = timeDefect(payload[claim]);
    if (defect) throw new BridgeError('wrong-claims', undefined, `The claim ${claim} ${remedies[defect]}.`);
  }
  const { iat, exp, sub } = payload as Claims;
  if (!sub || typeof sub !== 'string')
    throw new BridgeError('wrong-claims', undefined, "The claim sub is not text. Send the contact's GUID.");
  const clock = Date.now() / 1000;
  const life = exp - (date ? Math.max(date, iat) : clock > iat && clock < exp ? clock : iat);
  if (life <= 0) throw new BridgeError('token-expired');
  return life;
}
