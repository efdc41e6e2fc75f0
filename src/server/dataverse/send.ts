/**
 * Sends one request for ky and reads its whole answer, so that the request keeps its place in the queue until then.
 *
 * @module
 */
import { connectionFailure } from './connection-failure.js';
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
  const response = await fetchAnswer(fetch, url, init);
  const { status, headers } = response;
  if (bodiless.includes(status)) return new Response(null, { status, headers });
  const body = await readLimitedBody(response).catch((error) => {
    throw error instanceof DataverseError
      ? error
      : connectionFailure('The connection to Dynamics ended in the middle of the answer', error);
  });
  return new Response(body, { status, headers });
}

async function fetchAnswer(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  // In a function of its own, because the site's fetch may throw before it returns a promise.
  const ask = async (): Promise<unknown> => fetch(url, { ...init, redirect: 'manual' });
  const response = await ask().catch((error) => {
    throw connectionFailure('Dynamics could not be reached', error);
  });
  const status = (response as Response | undefined)?.status;
  if (status !== undefined && status >= 200 && status <= 599) return response as Response;
  throw new DataverseError(
    'unexpected-answer',
    status === undefined
      ? 'fetch returned no Response. Give a fetch that works like the runtime’s own, or leave it out.'
      : `The answer has the status ${status}, which is not a status of HTTP. Is url the address of the organisation itself?`,
  );
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
