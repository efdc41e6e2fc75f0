/** One request to the token endpoint, with its retries. */
import { cachedBy } from '../contract/answer-headers.js';
import { retryAfter } from '../contract/retry-after.js';
import { forbiddenCode } from './answer.js';
import { elapsed, type Moment, now } from './clock.js';
import { BridgeError } from './errors.js';
import type { Settings } from './options.js';

export interface Fetched {
  /** The answer's body. */
  text: string;
  /** When the attempt that succeeded was sent. */
  sent: Moment;
  /** The answer's `Date` header in seconds since 1970; `NaN` where it cannot be read. */
  date: number;
}

/** No token is that long: whatever comes after is not read. Characters. */
const longestBody = 1e6;

/**
 * Makes the function that asks the token endpoint.
 *
 * Retries network errors, 408, 429 and 5xx at most twice while `remaining()` milliseconds allow it, which is asked before
 * each attempt. After a `Retry-After` beyond that, further calls for the same visitor are refused at once until it has
 * passed, 60 seconds at most.
 */
export function createEndpoint(settings: Settings) {
  let pause: { of: string; since: Moment; length: number; failed: () => BridgeError } | undefined;

  return async (signal: AbortSignal, remaining: () => number, identity: string): Promise<Fetched> => {
    if (pause?.of === identity && elapsed(pause.since) < pause.length) throw pause.failed();
    pause = undefined;
    const tokenEndpoint = String(settings.tokenEndpoint);
    const { headers: given } = settings;
    // Plain: a page's own wrapper of fetch often adds to them by `{ ...headers }`.
    const headers = {
      accept: 'application/json, text/plain, */*;q=0.1',
      ...(given && Object.fromEntries(new Headers(typeof given === 'function' ? await given() : given))),
    };
    const { httpMethod: method, credentials } = settings;
    const request = {
      method,
      headers,
      credentials,
      signal,
      cache: 'no-store',
      redirect: 'manual',
    } as const;

    for (let attempt = 1; ; attempt++) {
      if (remaining() <= 0) throw new BridgeError('timeout');
      const sent = now();
      let response: Response | undefined;
      let text = '';
      try {
        // By address: a page's own wrapper of fetch often knows no other form.
        response = await fetch(tokenEndpoint, { ...request, headers: { ...headers } });
        if (response.ok || response.status === 403) text = await readText(response);
      } catch {
        // A connection lost half-way through the body is a network error like any other.
        response = undefined;
      }
      if (response?.ok) {
        if (cachedBy(response.headers)) throw new BridgeError('cached-answer');
        return { text, sent, date: Date.parse(response.headers.get('Date') ?? '') / 1000 };
      }
      const mayRetry = !response || isPassing(response.status);
      const asked = (response && mayRetry && retryAfter(response.headers)) || 0;
      const wait = Math.max(asked, 2 ** attempt * 150 * (1 + Math.random()));
      if (attempt < 3 && mayRetry && wait < remaining()) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        continue;
      }
      const failed = () => failure(response, text);
      if (!signal.aborted && asked > remaining())
        pause = { of: identity, since: now(), length: Math.min(asked, 60_000), failed };
      throw failed();
    }
  };
}

const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** The body as text, cut off with a mark that makes it no token when it is longer than any token. */
async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  // None in an empty answer, nor in that of a page's own fetch.
  if (!reader) return response.text();
  const decoder = new TextDecoder();
  let text = '';
  for (let part = await reader.read(); part.value; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > longestBody) return `${text}…`;
  }
  return text + decoder.decode();
}

function failure(response: Response | undefined, text: string): BridgeError {
  if (!response) return new BridgeError('network');
  const { status } = response;
  // A redirect that is not followed is an opaque answer of status 0 in a browser, the redirect itself elsewhere.
  if (status < 400) return new BridgeError('redirected');
  const code = { 401: 'signed-out', 403: forbiddenCode(text), 429: 'rate-limited' } as const;
  return new BridgeError(code[status as keyof typeof code] ?? 'endpoint-failed', status);
}
