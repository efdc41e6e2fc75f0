/** Checks a token on its arrival and says how long it will live. */
import { type Claims, timeDefect } from '../contract/claims.js';
import { readToken } from '../contract/read-token.js';
import { elapsed, type Moment } from './clock.js';
import { BridgeError } from './errors.js';

const remedies = {
  missing: 'is missing. Add it',
  'not-a-number': 'is not a number. Send seconds as a number, without quotes',
  milliseconds: 'is in milliseconds. Send seconds',
};

/** Makes the function that judges tokens; it knows the last one again. */
export function createTokenLife() {
  /** The last token, by its signature's end, which is of no use to anybody; and what time it was on the server. */
  let seen: { mark: string; sent: Moment; time: number } | undefined;

  /**
   * Seconds that the token has left, by the server's clock.
   *
   * @param date The answer's `Date` header in seconds; `NaN` where it cannot be read: then the visitor's clock counts
   * only where it makes sense, else the time that passed since the same token came first.
   * @throws BridgeError `not-a-token`, `wrong-claims` or `token-expired`.
   */
  return (token: string, date: number, sent: Moment): number => {
    const { iat, exp } = readClaims(token);
    const clock = Date.now() / 1000;
    const mark = token.slice(-32);
    const since = seen?.mark === mark ? seen : undefined;
    // A clock that is put right meanwhile makes no time pass; one that makes no sense may stand for a machine that slept.
    const passed = since && (clock < exp ? performance.now() - since.sent[1] : elapsed(since.sent));
    const known = since ? since.time + (passed ?? 0) / 1000 : iat;
    const time = date ? Math.max(date, iat) : clock < exp ? Math.max(clock, known) : known;
    if (!since) seen = { mark, sent, time };
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
