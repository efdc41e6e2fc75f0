/**
 * Builds the request to the token endpoint, so that nothing on the way answers in the endpoint's place.
 *
 * @module
 */
import { toBridgeError } from '../errors.js';
import { root } from '../page/native.js';
import { random } from '../page/random.js';
import type { Settings } from '../resolve-options.js';

/** Returns the options of `fetch`. @throws BridgeError if the site's own headers cannot be sent. */
export async function requestInit(
  { headers, tokenEndpoint, httpMethod: method, credentials }: Settings,
  signal: AbortSignal | undefined,
): Promise<RequestInit> {
  // A page may have replaced `origin`, so it must equal location.origin. In a srcdoc frame, location.origin is "null"
  // and the global one is right.
  const isSameOrigin =
    String(tokenEndpoint).startsWith(`${root.origin}/`) && ['null', root.origin].includes(location.origin);
  return {
    method,
    // A plain object, because a page's own wrapper of fetch often extends it as `{ ...headers }`.
    headers: {
      accept: 'application/json, text/plain, */*;q=0.1',
      // Makes many frameworks answer guests with 401 instead of a redirect. Across origins it would cost a preflight.
      ...(isSameOrigin && { 'x-requested-with': 'XMLHttpRequest' }),
      ...(headers && (await given(headers))),
    },
    credentials,
    signal: signal ?? null,
    cache: 'no-store',
    redirect: 'manual',
    // Chromium answers a plain GET from a preload, perhaps for an earlier visitor. A request with either of these
    // settings does not match a preload. Same-origin requests avoid `keepalive`, because Chromium 147 does not abort
    // such a request on the network.
    ...(isSameOrigin ? { mode: 'same-origin' } : { keepalive: method === 'GET' }),
  };
}

/**
 * Returns the site's own headers. @throws BridgeError if its function throws, or if a value cannot be sent as a header.
 */
async function given(headers: NonNullable<Settings['headers']>): Promise<Record<string, string>> {
  let fault = 'threw. Catch what it throws';
  try {
    const values = typeof headers === 'function' ? await headers() : headers;
    fault = 'returned an invalid header. Correct it';
    return Object.fromEntries(new Headers(values));
  } catch (error) {
    throw toBridgeError(error, `headers ${fault} there.`);
  }
}

/** Returns the endpoint's address, with a unique parameter if a service worker could answer from its cache. */
export function addressOf({ tokenEndpoint, httpMethod }: Settings): string {
  const address = String(tokenEndpoint);
  try {
    if (httpMethod === 'GET' && navigator.serviceWorker.controller && !/[?&]_(=|&|$)/.test(address))
      return `${address}${address.includes('?') ? '&' : '?'}_=${random()}`;
  } catch {
    // `serviceWorker` is missing on plain http, and a sandboxed frame may not read it.
  }
  return address;
}
