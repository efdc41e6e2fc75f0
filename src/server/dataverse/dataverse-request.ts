/**
 * Sends requests to Dataverse's Web API with ky, within a time limit.
 *
 * @module
 */
import ky, { isForceRetryError, isHTTPError } from 'ky';
import { retryAfter } from '../../contract/retry-after.js';
import { withTimeLimit } from '../time-limit.js';
import { createAccessTokens } from './access-tokens.js';
import { DataverseError } from './dataverse-error.js';
import { type DataverseOptions, type LookUpOptions, resolveDataverseOptions } from './dataverse-options.js';
import { dataverseRefusal } from './dataverse-refusal.js';
import { refusalCodeOf } from './refusal-codes.js';
import { createRequestQueue } from './request-queue.js';
import { createSend } from './send.js';

/**
 * Returns the JSON at a path below the Web API's address; `undefined` if the row does not exist, `null` if the answer
 * is not JSON.
 */
export type DataverseRequest = (path: string, options?: LookUpOptions) => Promise<unknown>;

/** What a look-up is waiting for. */
type WaitsFor = 'accessToken' | 'queue' | 'Dynamics';

/** The maximum number of requests for one look-up. */
const attempts = 4;

/**
 * Creates a function that sends requests to Dataverse. It renews the access token once after a 401, and repeats a request
 * once after a broken connection. After a 429 or 503, this look-up and all others wait as long as `Retry-After` says. It
 * does not follow redirects.
 *
 * @throws TypeError if an option cannot be used.
 */
export function createDataverseRequest(options: DataverseOptions): DataverseRequest {
  const { base, source, timeout, concurrency, fetch } = resolveDataverseOptions(options);
  const tokens = createAccessTokens(source, timeout);
  const queue = createRequestQueue(concurrency);

  const lookUp = async (path: string, waitsFor: (what: WaitsFor) => void, signal: AbortSignal) => {
    // A request sent later would be aborted before its answer, and only add to the load of a slow service.
    const lastStart = Date.now() + timeout * 0.95;
    let held = await tokens.get();
    let isRenewed = false;
    let isReconnected = false;
    // Decided here, because ky also obeys other headers and may retry earlier than Dynamics asked.
    const shouldRetry = (error: unknown) => {
      if (isHTTPError(error))
        return Date.now() + (waitOf(error.response) ?? Number.POSITIVE_INFINITY) * 1.1 < lastStart;
      // An idle connection may have been closed at this very moment, or while the process was frozen.
      if (
        isReconnected ||
        Date.now() >= lastStart ||
        !(error instanceof DataverseError && error.code === 'network')
      )
        return false;
      isReconnected = true;
      return true;
    };

    return ky.get(`${base}${path}`, {
      headers: { Accept: 'application/json', 'OData-MaxVersion': '4.0', 'OData-Version': '4.0' },
      redirect: 'manual',
      signal,
      // ky's own time limit ends when the headers have arrived. Our signal covers the body, too.
      timeout: false,
      fetch: createSend(fetch, signal, () => queue.leave()),
      retry: {
        limit: attempts - 1,
        shouldRetry: ({ error }) => shouldRetry(error),
        delay: () => 0,
      },
      hooks: {
        beforeRequest: [
          async ({ headers }) => {
            headers.set('Authorization', `Bearer ${held.token}`);
            waitsFor('queue');
            await queue.enter(signal, lastStart);
            waitsFor('Dynamics');
          },
        ],
        afterResponse: [
          async (_request, _options, response) => {
            const wait = waitOf(response);
            // Pauses all look-ups, even if this one has no time left, and up to a tenth longer, so that several
            // servers do not return at the same moment. A pause that no look-up can outlive would only hide what
            // Dynamics answers.
            if (wait !== undefined && wait < timeout) queue.pause(wait * (1 + Math.random() / 10));
            if (response.status !== 401 || isRenewed) return;
            isRenewed = true;
            waitsFor('accessToken');
            const refused = held;
            held = await tokens.renew(refused);
            if (held.token !== refused.token) return ky.retry({ delay: 0 });
          },
        ],
      },
    });
  };

  return async (path, { signal } = {}) => {
    let waiting: WaitsFor = 'accessToken';
    const waitsFor = (what: WaitsFor) => {
      waiting = what;
    };
    const onTimeout = () => tooLate(waiting, timeout, options.credential ? 'credential' : 'accessToken');
    return withTimeLimit({ limit: timeout, onTimeout, signal }, async (signal) => {
      try {
        const response = await lookUp(path, waitsFor, signal);
        if (response.status === 200) return parse(await response.arrayBuffer());
        throw dataverseRefusal({ status: response.status });
      } catch (error) {
        // The last attempt ended with a 401, so no attempt is left for the renewed token.
        if (isForceRetryError(error)) throw dataverseRefusal({ status: 401 });
        if (!isHTTPError(error)) throw error;
        // ky's error contains the request, and with it the access token. It is not passed on.
        const { status } = error.response;
        const dataverseCode = refusalCodeOf(parse(await error.response.arrayBuffer()));
        if (status === 404 && dataverseCode === noSuchRow) return undefined;
        throw dataverseRefusal({ status, wait: waitOf(error.response), dataverseCode });
      }
    });
  };
}

/** `ObjectDoesNotExist`. Any other 404 comes from a gateway or a wrong address and says nothing about the contact. */
const noSuchRow = '0x80040217';

/**
 * Returns how long Dynamics asks to wait before the next attempt, in milliseconds, or `undefined` if it does not ask.
 */
function waitOf({ status, headers }: Response): number | undefined {
  return status === 429 || status === 503 ? retryAfter(headers) : undefined;
}

function tooLate(waiting: WaitsFor, timeout: number, source: string): DataverseError {
  const sentences = {
    accessToken: `${source} did not answer within ${timeout} ms. Does it reuse its token while the token is valid, and can it reach the identity service?`,
    queue: `The look-up waited ${timeout} ms for its turn. Dynamics is slow or has asked to wait. Keep the GUID in the visitor's session, so that fewer look-ups are needed.`,
    Dynamics: `Dynamics did not answer within ${timeout} ms. Try again, or raise timeout.`,
  };
  return new DataverseError('timeout', sentences[waiting]);
}

/** JSON is UTF-8 (RFC 8259, section 8.1), so other bytes are not repaired. One byte order mark may precede it. */
function parse(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
