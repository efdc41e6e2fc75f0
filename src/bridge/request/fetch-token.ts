/**
 * Sends one request to the token endpoint, with its retries.
 *
 * @module
 */
import { cachedBy, meantStatus } from '../../contract/answer-headers.js';
import { retryAfter } from '../../contract/retry-after.js';
import { elapsed, type Moment, now } from '../clock.js';
import { BridgeError } from '../errors.js';
import { NativePromise, root } from '../page/native.js';
import type { Settings } from '../resolve-options.js';
import { forbiddenCode } from './answer.js';
import { readText } from './read-text.js';
import { addressOf, requestInit } from './request-init.js';

export interface Fetched {
  /** The answer's body, or what the site's own function returned. */
  text: unknown;
  /** When the successful attempt was sent. */
  sent: Moment;
  /** The answer's `Date` header in seconds since 1970; `NaN` if it is unreadable. */
  date: number;
}

/** Requests a token. `remaining` returns the milliseconds left, 0 once nobody waits for the answer. */
export type Source = (
  signal: AbortSignal | undefined,
  remaining: () => number,
  identity: string,
) => Promise<Fetched>;

/**
 * Returns the source that asks the token endpoint.
 *
 * Network errors, 408, 429 and 5xx are retried at most twice while time remains. If `Retry-After` exceeds that time,
 * further calls for the same visitor are refused at once until it has passed, for 60 seconds at most.
 */
export function createEndpoint(settings: Settings): Source {
  let pause: { of: string; since: Moment; length: number; failed: () => BridgeError } | undefined;

  return async (signal, remaining, identity) => {
    if (pause?.of === identity && elapsed(pause.since) < pause.length) throw pause.failed();
    pause = undefined;
    const init = await requestInit(settings, signal);

    for (let attempt = 1; ; attempt++) {
      if (remaining() <= 0) throw new BridgeError('timeout');
      const sent = now();
      const response = await send(addressOf(settings), init);
      let status = response ? meantStatus(response.status, response.headers) : -1;
      let text = '';
      try {
        if (response && (isOk(status) || status === 403)) text = await readText(response);
      } catch {
        // Whatever readText throws means that the connection was lost in the middle of the body.
        status = -1;
      }
      if (response && isOk(status)) {
        if (cachedBy(response.headers)) throw new BridgeError('cached-answer');
        return { text, sent, date: Date.parse(response.headers.get('Date') ?? '') / 1000 };
      }
      const mayRetry = status < 0 || status === 408 || status === 429 || status >= 500;
      const asked = (response && mayRetry && retryAfter(response.headers)) || 0;
      const wait = Math.max(asked, 2 ** attempt * 150 * (1 + Math.random()));
      if (attempt < 3 && mayRetry && wait < remaining()) {
        await new NativePromise((resolve) => setTimeout(resolve, wait));
        continue;
      }
      const failed = () => failure(status, text);
      if (!signal?.aborted && asked > remaining())
        pause = { of: identity, since: now(), length: Math.min(asked, 60_000), failed };
      throw failed();
    }
  };
}

const isOk = (status: number) => status >= 200 && status < 300;

/**
 * Returns the answer, or `undefined` if none came. @throws BridgeError if the page's `fetch` does not work like the
 * browser's.
 */
async function send(address: string, init: RequestInit): Promise<Response | undefined> {
  let response: Response | undefined;
  try {
    // The address is passed instead of a Request, because a page's own wrapper of fetch often accepts nothing else. The
    // options have no prototype, because fetch also reads what a page has added to Object.prototype, such as `body` or
    // `mode`.
    const ownInit = { __proto__: null, ...init, headers: { ...init.headers } };
    const sending = root.fetch(address, ownInit as RequestInit);
    try {
      response = await sending;
    } catch {
      return undefined;
    }
    response.headers.get('Date');
  } catch {
    throw new BridgeError(
      'network',
      undefined,
      'The function fetch of this page is missing or not the browser’s. Restore it, or set fetchToken.',
    );
  }
  return response;
}

function failure(status: number, text: string): BridgeError {
  if (status < 0) return new BridgeError('network');
  // A redirect that is not followed has status 0 in a browser. 304 ("not modified") does not redirect.
  if (status < 400 && status !== 304) return new BridgeError('redirected');
  const codes = {
    401: 'signed-out',
    403: forbiddenCode(text),
    419: 'forbidden',
    429: 'rate-limited',
  } as const;
  return new BridgeError(codes[status as keyof typeof codes] ?? 'endpoint-failed', status);
}
