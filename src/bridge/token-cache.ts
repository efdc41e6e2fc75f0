/** Keeps one token in memory, shares one request among all who ask, and forgets both with the visitor. */
import { tokenInAnswer } from './answer.js';
import { elapsed, type Moment, now } from './clock.js';
import { BridgeError } from './errors.js';
import { createEndpoint, type Fetched } from './fetch-token.js';
import type { Settings } from './options.js';
import { readStamp } from './stamp.js';
import { tokenLife } from './token-life.js';

/** Whose token it is, as far as the page can tell: a change of either means that it may be somebody else's. */
interface Identity {
  visitor: string | null | undefined;
  stamp: string | null;
}

interface Kept {
  token: string;
  identity: Identity;
  sent: Moment;
  /** Milliseconds after `sent` during which it is handed over again. */
  fresh: number;
}

interface Pending {
  identity: Identity;
  /** Whether its token may be kept for a later call. */
  keep: boolean;
  promise: Promise<Kept>;
  end(outcome: Kept | BridgeError): void;
}

export function createTokenCache(settings: Settings) {
  const { fetchToken, visitor, timeout, expiryMargin } = settings;
  const source = fetchToken ? ownSource(fetchToken) : createEndpoint(settings);
  let kept: Kept | undefined;
  let pending: Pending | undefined;
  let closed: BridgeError | undefined;

  function identify(): Identity {
    let known: Identity['visitor'];
    try {
      known = visitor?.();
    } catch {}
    return { visitor: known === '' ? null : known, stamp: readStamp() };
  }

  /** Whether a token asked for by `identity` still belongs to who is here now. Read at every hand-over. */
  function isCurrent(identity: Identity, current = identify()): boolean {
    return identity.visitor === current.visitor && identity.stamp === current.stamp;
  }

  function request(identity: Identity): Pending {
    const controller = new AbortController();
    const started = performance.now();
    const remaining = () => timeout - (performance.now() - started);
    let settle: (outcome: Kept | Promise<never>) => void;
    const self: Pending = {
      identity,
      keep: !visitor || identity.visitor !== undefined,
      promise: new Promise((resolve) => {
        settle = resolve;
      }),
      end(outcome) {
        // Whoever comes second (the budget, an answer, a new visitor) comes too late.
        if (pending !== self) return;
        pending = undefined;
        clearTimeout(budget);
        controller.abort();
        if (outcome instanceof BridgeError) return settle(Promise.reject(outcome));
        if (self.keep) kept = outcome;
        settle(outcome);
      },
    };
    const budget = setTimeout(() => self.end(new BridgeError('timeout')), timeout);

    async function arrive({ text, sent, date }: Fetched): Promise<Kept> {
      if (!isCurrent(identity)) throw new BridgeError('visitor-changed');
      const token = tokenInAnswer(text, settings.tokenField);
      const life = tokenLife(token, date);
      // A page too busy to run the timer on time is no reason to deliver after the budget.
      if (remaining() < 0) throw new BridgeError('timeout');
      return { token, identity, sent, fresh: (life - Math.min(expiryMargin, life / 2)) * 1000 };
    }
    source(controller.signal, remaining)
      .then(arrive)
      .catch((error) => (error instanceof BridgeError ? error : new BridgeError('endpoint-failed')))
      .then((outcome) => self.end(outcome));
    return self;
  }

  function drop(reason: BridgeError): void {
    kept = undefined;
    pending?.end(reason);
  }

  return {
    /** The kept token at once, or a promise of the one that is asked for. @throws BridgeError when none will come. */
    ask(): Kept | Promise<Kept> {
      if (closed) throw closed;
      const identity = identify();
      if (pending && !isCurrent(pending.identity, identity)) pending.end(new BridgeError('visitor-changed'));
      if (kept && (!isCurrent(kept.identity, identity) || elapsed(kept.sent) >= kept.fresh)) kept = undefined;
      if (identity.visitor === null) throw new BridgeError('signed-out');
      if (kept) return kept;
      pending ??= request(identity);
      return pending.promise;
    },
    isCurrent,
    /** Refuses those who wait, aborts the request and forgets the token. */
    drop,
    /** Forgets the token; a request under way goes on, but what it brings is handed over and not kept. */
    stopKeeping(): void {
      kept = undefined;
      if (pending) pending.keep = false;
    },
    close(): void {
      closed = new BridgeError('disposed');
      drop(closed);
    },
  };
}

/** The site's own function as the source of tokens. */
function ownSource(fetchToken: (signal: AbortSignal) => Promise<string | null>) {
  return async (signal: AbortSignal): Promise<Fetched> => {
    const sent = now();
    const text = await fetchToken(signal);
    if (text === null) throw new BridgeError('signed-out');
    return { text: String(text), sent, date: Number.NaN };
  };
}
