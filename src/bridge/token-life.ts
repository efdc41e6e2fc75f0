/**
 * Validates a token on arrival and computes how long it will live.
 *
 * @module
 */
import { type Claims, timeDefect } from '../contract/claims.js';
import { readToken } from '../contract/read-token.js';
import { awake, elapsed, type Moment } from './clock.js';
import { BridgeError } from './errors.js';
import { hash } from './hash.js';

const remedies = {
  missing: 'is missing. Add it',
  'not-a-number': 'is not a number. Send seconds as a number, without quotes',
  milliseconds: 'is in milliseconds. Send seconds',
};

/** When the answer with a token was requested, the server's time then, and the named visitor it was for. */
interface Seen {
  sent: Moment;
  time: number;
  visitor: string | undefined;
}

/** Returns a function that validates a token and computes its remaining lifetime. It recognises tokens by a hash. */
export function createTokenLife() {
  const seen: Record<string, Seen> = Object.create(null);

  /**
   * Returns the token's remaining lifetime in seconds, by the server's clock.
   *
   * @param date The answer's `Date` header in seconds; `NaN` if it is unreadable.
   * @param visitor The visitor's name, if the site names visitors.
   * @throws BridgeError `not-a-token`, `wrong-claims`, `token-expired`; `cached-answer` for another visitor's token.
   */
  return (token: string, date: number, sent: Moment, visitor?: string): number => {
    const { iat, exp } = readClaims(token);
    const mark = hash(token);
    const before = seen[mark];
    const owner = before?.visitor ?? visitor;
    if (visitor !== undefined && owner !== visitor)
      throw new BridgeError(
        'cached-answer',
        undefined,
        "The token is another visitor's. Send Cache-Control: no-store, and check the session.",
      );
    const clock = Date.now() / 1000;
    // Without a `Date` header, the visitor's clock counts if it is before `exp`.
    const told = date || (clock < exp ? clock : 0);
    // The wall clock may have been corrected meanwhile, so only the monotonic clock counts. But a wall clock beyond
    // `exp` may mean that the machine slept.
    const passed = before ? (clock < exp ? awake(before.sent) : elapsed(before.sent)) / 1000 : 0;
    const time = Math.max(iat, told, before ? before.time + passed : 0);
    seen[mark] = { visitor: owner, sent, time };
    if (exp <= time) throw new BridgeError('token-expired');
    return exp - time;
  };
}

function readClaims(token: string): Claims {
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
  if (!payload.sub || typeof payload.sub !== 'string')
    throw new BridgeError('wrong-claims', undefined, "The claim sub is not text. Send the contact's GUID.");
  return payload as Claims;
}
