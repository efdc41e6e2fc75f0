/** What Live Assist calls: answers each callback exactly once. */
import type { BridgeError } from './errors.js';
import type { AuthoriseCallback, AuthoriseMethod } from './page/method.js';
import type { createTokenCache, Kept } from './token-cache.js';

/** Makes the method. It throws nothing, and ignores what is not a function: there is nobody to answer. */
export function createAuthorise(
  cache: Pick<ReturnType<typeof createTokenCache>, 'ask' | 'take'>,
  report: (error: BridgeError) => void,
): AuthoriseMethod {
  return (callback: AuthoriseCallback) => {
    if (typeof callback !== 'function') return;
    let isAnswered = false;
    // A callback that throws has had its answer: neither that nor a page's own reportError may lead to another one.
    const answer = (...words: Parameters<AuthoriseCallback>) => {
      if (isAnswered) return;
      isAnswered = true;
      try {
        callback(...words);
      } catch (thrown) {
        queueMicrotask(() => reportError(thrown));
      }
    };
    const refuse = (error: BridgeError) => {
      report(error);
      answer(null, 'Unable to generate key');
    };
    try {
      const kept = cache.ask();
      if (isKept(kept)) answer(kept.token);
      // Checked and handed over in one go: the callback before this one may have signed the visitor out.
      else kept.then((kept) => answer(cache.take(kept))).catch(refuse);
    } catch (error) {
      refuse(error as BridgeError);
    }
  };
}

// Its own: there are pages that put a token on every object's prototype.
const isKept = (asked: Kept | Promise<Kept>): asked is Kept => Object.hasOwn(asked, 'token');
