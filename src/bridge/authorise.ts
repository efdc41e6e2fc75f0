/**
 * Answers callers: Live Assist's callbacks and `getToken()`.
 *
 * @module
 */
import type { AnswerDetail, AuthoriseCallback, AuthoriseMethod } from './authorise-method.js';
import { elapsed, now } from './clock.js';
import { type BridgeError, toBridgeError } from './errors.js';
import { announce } from './page/announce.js';
import { raise } from './page/raise.js';
import type { createTokenCache, Kept } from './token-cache.js';

type Cache = Pick<ReturnType<typeof createTokenCache>, 'ask' | 'take'>;

/** Answers one caller: calls `deliver` with the value, or `refuse` with the reason. Never throws. */
type Respond<Value> = (
  asked: AnswerDetail['asked'],
  deliver: (value: Value) => void,
  refuse: (error: BridgeError) => void,
) => void;

/**
 * Returns the function that answers a caller exactly once and announces the answer afterwards. `read` converts the
 * cached value into the value that the caller receives.
 */
export function createRespond<Value>(
  cache: Cache,
  report: (error: BridgeError) => void,
  read: (token: unknown) => Value,
): Respond<Value> {
  return async (asked, deliver, refuse) => {
    const called = now();
    let kept = false;
    let isAnswered = false;
    // A callback that throws counts as answered. It must not be called again.
    const answer = (call: () => void, detail: Pick<AnswerDetail, 'outcome' | 'code'>) => {
      if (isAnswered) return;
      isAnswered = true;
      const milliseconds = elapsed(called);
      try {
        call();
      } catch (thrown) {
        raise(thrown);
      }
      announce('answer', { ...detail, milliseconds, kept, asked });
    };
    const handOver = (token: unknown) => {
      const value = read(token);
      answer(() => deliver(value), { outcome: 'token' });
    };
    const fail = (thrown: unknown) => {
      const error = toBridgeError(thrown);
      report(error);
      answer(() => refuse(error), { outcome: 'refused', code: error.code });
    };
    try {
      const found = cache.ask();
      kept = isKept(found);
      // Checked again in the turn of the hand-over: an earlier caller's callback may have signed the visitor out.
      handOver(isKept(found) ? found.token : cache.take(await found));
    } catch (error) {
      fail(error);
    }
  };
}

/** Returns the method for Live Assist. A call without a callback function cannot be answered and is ignored. */
export const createAuthorise =
  (respond: Respond<string>): AuthoriseMethod =>
  (callback: AuthoriseCallback) => {
    if (typeof callback === 'function')
      respond('chat', callback, () => callback(null, 'Unable to generate key'));
  };

// Checks for an own property, because a page may have added `token` to Object.prototype.
const isKept = (found: Kept | Promise<unknown>): found is Kept => Object.hasOwn(found, 'token');
