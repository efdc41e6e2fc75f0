/** What Live Assist calls: answers each callback exactly once. */
import { BridgeError } from './errors.js';
import type { AuthoriseCallback, AuthoriseMethod } from './method.js';
import type { createTokenCache } from './token-cache.js';

/** Makes the method. It throws nothing, and ignores what is not a function: there is nobody to answer. */
export function createAuthorise(
  cache: ReturnType<typeof createTokenCache>,
  report: (error: BridgeError) => void,
): AuthoriseMethod {
  return (callback: AuthoriseCallback) => {
    if (typeof callback !== 'function') return;
    // Outside of any try that could call it again: a callback that throws has had its answer.
    const answer = (...words: Parameters<AuthoriseCallback>) => {
      try {
        callback(...words);
      } catch (thrown) {
        reportError(thrown);
      }
    };
    const refuse = (error: BridgeError) => {
      report(error);
      answer(null, 'Unable to generate key');
    };
    let kept: ReturnType<typeof cache.ask>;
    try {
      kept = cache.ask();
    } catch (error) {
      return refuse(error as BridgeError);
    }
    if ('token' in kept) return answer(kept.token);
    kept.then(
      ({ token, identity }) =>
        cache.isCurrent(identity) ? answer(token) : refuse(new BridgeError('visitor-changed')),
      refuse,
    );
  };
}
