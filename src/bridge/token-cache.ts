/** Keeps one token in memory, shares one request among all who ask, and forgets both with the visitor. */
import { tokenInAnswer } from './answer.js';
import { elapsed, type Moment, now } from './clock.js';
import { BridgeError } from './errors.js';
import { createEndpoint, type Fetched } from './fetch-token.js';
import type { Settings } from './options.js';
import { readStamp } from './page/stamp.js';
import { createTokenLife } from './token-life.js';

export interface Kept {
  token: string;
  /** Whose it is, as far as the page can tell. */
  identity: string;
  sent: Moment;
  /** Milliseconds after `sent` during which it is handed over again. */
  fresh: number;
  /** The one refusal of all who were too late to be handed this token. */
  refusal?: BridgeError;
}

interface Pending {
  identity: string;
  promise: Promise<Kept>;
  end(outcome: Kept | BridgeError): void;
}

export function createTokenCache(settings: Settings) {
  const { fetchToken, visitor, timeout, expiryMargin } = settings;
  const source = fetchToken ? ownSource(fetchToken) : createEndpoint(settings);
  let kept: Kept | undefined;
  /** The request that newcomers join, and whose token is kept. */
  let pending: Pending | undefined;
  /** That one, and those that still owe an answer to who asked before the page was hidden. */
  const open = new Set<Pending>();
  const tokenLife = createTokenLife();
  let isClosed = false;
  let dropped = 0;

  /** Who is here, in one string: a token asked for under another one may be somebody else's. Nobody is `''`. */
  function identify(): string {
    let known: unknown;
    try {
      known = visitor?.();
    } catch {}
    // An object, such as the promise of an async function, tells nobody apart.
    return known === null || known === ''
      ? ''
      : `${Object(known) === known ? undefined : String(known)}|${dropped}|${readStamp()}`;
  }

  function request(identity: string): Pending {
    const controller = new AbortController();
    const started = now();
    // Milliseconds left; 0 once nobody waits. A visitor who is not the one any more ends the request: one who is back
    // before the answer must not get the other's.
    const remaining = () => {
      if (identity !== identify()) self.end(new BridgeError('visitor-changed'));
      return open.has(self) ? timeout - elapsed(started) : 0;
    };
    let settle: (outcome: Kept | Promise<never>) => void;
    const self: Pending = {
      identity,
      promise: new Promise((resolve) => {
        settle = resolve;
      }),
      end(outcome) {
        // Whoever comes second (the budget, an answer, a new visitor) comes too late.
        if (!open.delete(self)) return;
        const isJoined = pending === self;
        if (isJoined) pending = undefined;
        clearTimeout(budget);
        controller.abort();
        if (outcome instanceof BridgeError) return settle(Promise.reject(outcome));
        if (isJoined && !(visitor && identity.startsWith('undefined|'))) kept = outcome;
        settle(outcome);
      },
    };
    open.add(self);
    // Before anything is asked for: what is asked may end this request at once.
    pending = self;
    const budget = setTimeout(() => self.end(new BridgeError('timeout')), timeout);

    async function arrive({ text, sent, date }: Fetched): Promise<Kept> {
      // A page too busy to run the timer on time, or a machine that slept, is no reason to deliver after the budget.
      if (remaining() <= 0) throw new BridgeError('timeout');
      const token = tokenInAnswer(text, settings.tokenField);
      const life = tokenLife(token, date, sent);
      return { token, identity, sent, fresh: (life - Math.min(expiryMargin, life / 2)) * 1000 };
    }
    source(controller.signal, remaining, identity)
      .then(arrive)
      .catch((error) =>
        error instanceof BridgeError
          ? error
          : new BridgeError(
              'endpoint-failed',
              undefined,
              `${fetchToken ? 'fetchToken' : 'headers'} threw. Catch what it throws there.`,
            ),
      )
      .then((outcome) => self.end(outcome));
    return self;
  }

  function drop(reason: BridgeError): void {
    dropped += 1;
    kept = undefined;
    for (const request of open) request.end(reason);
  }

  return {
    /** The kept token at once, or a promise of the one that is asked for. @throws BridgeError when none will come. */
    ask(): Kept | Promise<Kept> {
      if (isClosed) throw new BridgeError('disposed');
      const identity = identify();
      for (const request of open)
        if (request.identity !== identity) request.end(new BridgeError('visitor-changed'));
      if (kept && (kept.identity !== identity || elapsed(kept.sent) >= kept.fresh)) kept = undefined;
      if (!identity) throw new BridgeError('signed-out');
      if (kept) return kept;
      return (pending ?? request(identity)).promise;
    },
    /** The token at the moment of its hand-over. @throws BridgeError when the visitor is no longer who it belongs to. */
    take(kept: Kept): string {
      if (kept.identity === identify()) return kept.token;
      kept.refusal ??= new BridgeError('visitor-changed');
      throw kept.refusal;
    },
    /** Refuses those who wait, aborts the request and forgets the token. */
    drop,
    /** Forgets the token; a request under way goes on for who waits, but is neither joined nor kept. */
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

/** The site's own function as the source of tokens. */
function ownSource(fetchToken: (signal: AbortSignal) => Promise<string | null>) {
  return async (signal: AbortSignal): Promise<Fetched> => {
    const sent = now();
    const text = await fetchToken(signal);
    if (text === null) throw new BridgeError('signed-out');
    if (typeof text !== 'string')
      throw new BridgeError('not-a-token', undefined, 'fetchToken gave no text. Return the token, or null.');
    return { text, sent, date: Number.NaN };
  };
}
