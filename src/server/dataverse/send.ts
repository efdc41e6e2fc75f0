/**
 * Sends one request for ky and reads its whole answer, so that the request keeps its place in the queue until then.
 *
 * @module
 */
import { DataverseError } from './dataverse-error.js';
import { readLimitedBody } from './read-body.js';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Statuses whose answers have no body (Fetch standard, "null body status"). */
const bodiless = [204, 205, 304];

/**
 * @param fetch The site's own fetch, or the runtime's.
 * @param signal Ends the request, even if `fetch` ignores signals.
 * @param done Called exactly once for each request, whether it succeeds or fails.
 */
export function createSend(fetch: Fetch, signal: AbortSignal, done: () => void) {
  return async (input: RequestInfo | URL): Promise<Response> => {
    const { url, headers } = input as Request;
    const { promise: aborted, stop } = whenAborted(signal);
    try {
      return await Promise.race([
        aborted,
        exchange(fetch, url, { headers: Object.fromEntries(headers), signal }),
      ]);
    } finally {
      stop();
      done();
    }
  };
}

async function exchange(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const { status, headers } = response;
    return bodiless.includes(status)
      ? new Response(null, { status, headers })
      : new Response(await readLimitedBody(response), { status, headers });
  } catch (error) {
    throw error instanceof DataverseError ? error : unreachable(error);
  }
}

function whenAborted(signal: AbortSignal) {
  let stop = () => {};
  const promise = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    stop = () => signal.removeEventListener('abort', abort);
  });
  // The race may already be over. This avoids an unhandled rejection.
  promise.catch(() => {});
  return { promise, stop };
}

/**
 * Passes on the system's error code only. The error that fetch throws may contain the request, and with it the access
 * token.
 */
function unreachable(error: unknown): DataverseError {
  const { code } = ((error as Error | undefined)?.cause ?? {}) as { code?: unknown };
  const reason = typeof code === 'string' && /^[A-Z\d_]+$/.test(code) ? ` (${code})` : '';
  return new DataverseError(
    'network',
    `Dynamics could not be reached${reason}. Is url right, and may the server connect to it?`,
  );
}
