/**
 * Keeps one token in memory, shares one request among all callers, and forgets both when the visitor changes.
 *
 * @module
 */

import { elapsed, type Moment, now } from './clock.js';
import { BridgeError, toBridgeError } from './errors.js';
import { identify, mayKeep, nameOf, pathOf } from './identify.js';
import { createAbort, NativePromise } from './page/native.js';
import { tokenInAnswer } from './request/answer.js';
import { createEndpoint, type Fetched, type Source } from './request/fetch-token.js';
import { ownSource } from './request/own-source.js';
import type { Settings } from './resolve-options.js';
import { createTokenLife } from './token-life.js';

export interface Kept {
  /** The token, or what the site's own function `identities` returned. */
  token: unknown;
  /** Identifies the visitor for whom it was requested. */
  identity: string;
  /** The pathname for which it was requested, if that matters. */
  path: string;
  sent: Moment;
  /** Milliseconds after `sent` during which the token may be handed over again. */
  fresh: number;
  /** The refusal that all callers share who can no longer receive the token, because the visitor has changed. */
  refusal?: BridgeError;
}

interface Pending {
  identity: string;
  /** The pathname of the current attempt; `undefined` if a caller has joined from another pathname in the meantime. */
  path: string | undefined;
  /**
   * Set for the repeated attempt. Its answer is delivered to the waiting callers even if the path has changed again.
   * Callers from another path need a request of their own.
   */
  isLast?: boolean | undefined;
  promise: Promise<Kept | BridgeError>;
  /** Settles the request. Only the first outcome counts. */
  end(outcome: Kept | BridgeError): void;
}

export function createTokenCache(settings: Settings) {
  const { fetchToken, identities, visitor, timeout, expiryMargin, tokenField } = settings;
  const source = fetchToken ? ownSource('fetchToken', fetchToken) : createEndpoint(settings);
  const tokenLife = createTokenLife();
  let kept: Kept | undefined;
  /** The request that new callers join and whose token is kept. */
  let pending: Pending | undefined;
  /** All unfinished requests: `pending`, plus earlier ones detached when the page was hidden. */
  let open: Pending[] = [];
  let isClosed = false;
  let dropped = 0;
  const current = () => identify(visitor, dropped);

  /** Requests a token that later callers share, or asks the site's own function `identities` for one caller. */
  function request(identity: string, site?: Source): Pending {
    const abort = createAbort();
    const started = now();
    const name = nameOf(visitor);
    let isOpen = true;
    let settle: (outcome: Kept | BridgeError) => void;
    const self: Pending = {
      identity,
      path: pathOf(visitor),
      promise: new NativePromise((resolve) => {
        settle = resolve;
      }),
      end(outcome) {
        isOpen = false;
        settle(outcome);
        if (pending === self) {
          pending = undefined;
          if (!(outcome instanceof BridgeError) && mayKeep(identity)) kept = outcome;
        }
        // No methods of arrays, because a page may have replaced them.
        const others: Pending[] = [];
        for (const other of open) if (other !== self) others[others.length] = other;
        open = others;
        abort.abort();
        try {
          clearTimeout(budget);
        } catch {
          // The page has replaced clearTimeout. The timer has no effect, because this request has ended.
        }
      },
    };
    const budget = setTimeout(() => self.end(new BridgeError('timeout')), timeout);
    // Registered before anything is requested: the site's own functions may end this request at once.
    open.push(self);
    if (!site) pending = self;

    /** Milliseconds left; 0 once nobody waits. Ends the request if the visitor has changed, even if only for a while. */
    const remaining = () => {
      if (identity !== current()) self.end(new BridgeError('visitor-changed'));
      return isOpen ? timeout - elapsed(started) : 0;
    };

    /**
     * Requests a token. Repeats the request once if the page's path changes meanwhile, because the answer may be for
     * the previous page.
     */
    async function fetch(isRepeated?: boolean): Promise<Kept | BridgeError> {
      const sentFrom = pathOf(visitor);
      self.path = sentFrom;
      self.isLast = isRepeated;
      let outcome: Fetched | BridgeError;
      try {
        outcome = await (site ?? source)(abort.signal, remaining, identity);
      } catch (error) {
        const own = site ? 'identities' : fetchToken && 'fetchToken';
        outcome = toBridgeError(error, own && `${own} threw. Catch what it throws there.`);
      }
      // A busy page or a sleeping machine may run the timer late. An answer after the budget is still refused.
      if (remaining() <= 0) return new BridgeError('timeout');
      if (!isRepeated && (self.path !== sentFrom || pathOf(visitor) !== sentFrom)) return fetch(true);
      return outcome instanceof BridgeError ? outcome : accept(outcome, sentFrom);
    }

    function accept({ text, sent, date }: Fetched, sentFrom: string): Kept {
      if (site) return { token: text, identity, path: sentFrom, sent, fresh: 0 };
      const token = tokenInAnswer(text as string, tokenField);
      const life = tokenLife(token, date, sent, name);
      const fresh = (life - Math.min(expiryMargin, life / 2)) * 1000;
      return { token, identity, path: sentFrom, sent, fresh };
    }

    // Not `then`, because the page may have replaced it.
    (async () => {
      try {
        self.end(await fetch());
      } catch (error) {
        self.end(toBridgeError(error));
      }
    })();
    return self;
  }

  function drop(reason: BridgeError): void {
    dropped += 1;
    kept = undefined;
    for (const request of open) request.end(reason);
  }

  return {
    /**
     * Returns the kept token at once, or a promise of a requested one. With `ofSite`, asks the site's own function
     * `identities` instead. @throws BridgeError if the call is refused at once.
     */
    ask(ofSite = false): Kept | Promise<Kept | BridgeError> {
      if (isClosed) throw new BridgeError('disposed');
      const identity = current();
      for (const request of open)
        if (request.identity !== identity) request.end(new BridgeError('visitor-changed'));
      if (
        kept &&
        (kept.identity !== identity || kept.path !== pathOf(visitor) || elapsed(kept.sent) >= kept.fresh)
      )
        kept = undefined;
      if (!identity)
        throw new BridgeError(
          'signed-out',
          undefined,
          'Nobody is signed in according to visitor (data-visitor). If somebody is, give an id there.',
        );
      if (ofSite && typeof identities === 'function')
        return request(identity, ownSource('identities', identities)).promise;
      if (kept) return kept;
      if (pending && pending.path !== pathOf(visitor)) {
        if (pending.isLast) pending = undefined;
        else pending.path = undefined;
      }
      return (pending ?? request(identity)).promise;
    },
    /**
     * Returns the token, checked at the moment of its hand-over. @throws BridgeError if the request was refused, or if
     * the token belongs to an earlier visitor.
     */
    take(offered: Kept | BridgeError): unknown {
      if (offered instanceof BridgeError) throw offered;
      if (offered.identity === current()) return offered.token;
      offered.refusal ??= new BridgeError('visitor-changed');
      throw offered.refusal;
    },
    /** Refuses all waiting callers, aborts their requests and forgets the token. */
    drop,
    /** Forgets the token. A pending request continues for its callers, but is neither joined nor kept. */
    stopKeeping(): void {
      kept = undefined;
      pending = undefined;
    },
    close(): void {
      isClosed = true;
      drop(new BridgeError('disposed'));
    },
  };
}
