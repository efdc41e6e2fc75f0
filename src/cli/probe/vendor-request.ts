/**
 * Sends a request to a vendor's service with ky: without credentials or redirects, and with limits for time and size.
 *
 * @module
 */
import ky, { isHTTPError } from 'ky';
import { longestAccount } from '../../diagnosis/account/read-account.js';
import { connectionFailure } from './connection-failure.js';
import { proxyFor } from './proxy-for.js';

export interface VendorRequestOptions {
  /** The limit for all attempts and the whole answer, in milliseconds. */
  timeout: number;
  /** May name a proxy, which fetch does not use. */
  env: Record<string, string | undefined>;
  /** Sent as JSON in a POST request, which is not repeated. Without it the request is a GET, which is retried once. */
  body?: unknown;
}

export type VendorAnswer =
  | { status: number; location: string | undefined; text: string }
  | { failure: 'silent' | 'too-large' | 'unreachable'; reason: string };

/** Never throws, because the errors of ky and fetch contain the request, and possibly a token. */
export async function askVendor(
  url: string,
  { timeout, env, body }: VendorRequestOptions,
): Promise<VendorAnswer> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await ky(url, {
      method: body === undefined ? 'get' : 'post',
      ...(body !== undefined && { json: body }),
      headers: { Accept: 'application/json' },
      redirect: 'manual',
      signal,
      // ky's own time limit ends when the headers have arrived. Our signal covers the body, too.
      timeout: false,
      retry:
        body === undefined
          ? { limit: 1, statusCodes: [408, 429, 500, 502, 503, 504], maxRetryAfter: 1000 }
          : { limit: 0 },
    }).catch((error: unknown) => {
      if (isHTTPError(error)) return error.response;
      throw error;
    });
    const text = await readText(response);
    if (text === undefined) return { failure: 'too-large', reason: 'the answer is larger than 1 MB' };
    return { status: response.status, location: response.headers.get('location') ?? undefined, text };
  } catch (error) {
    if (signal.aborted)
      return { failure: 'silent', reason: `it did not answer completely within ${timeout} ms` };
    const { reason } = connectionFailure(error);
    const proxy = proxyFor(new URL(url), env);
    const hint = proxy ? `; ${proxy} names a proxy here, which this command does not use` : '';
    return { failure: 'unreachable', reason: reason + hint };
  }
}

/** Reads the body, or returns `undefined` as soon as it is longer than an account's settings can be. */
async function readText({ body }: Response): Promise<string | undefined> {
  if (!body) return '';
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length <= longestAccount) continue;
    // Not awaited, because a stuck stream may never confirm.
    reader.cancel().catch(() => {});
    return undefined;
  }
}
