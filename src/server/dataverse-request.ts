/** Asks Dataverse's Web API, with the patience and the impatience it deserves. */
import { DataverseError } from './dataverse-error.js';

export interface DataverseOptions {
  /** Address of the organisation, like `https://contoso.crm4.dynamics.com`; https, except for localhost. */
  url: string | URL;
  /**
   * Answers an access token for that address, without "Bearer". Called for every look-up: let it keep the token itself,
   * as `@azure/identity` does. After a 401 it is called once more with `renew: true`.
   */
  accessToken: (reason: { renew: boolean }) => string | Promise<string>;
  /**
   * How long a look-up may take, in milliseconds, waiting and repeating included. Keep it below the bridge's 8000.
   *
   * @default 5000
   */
  timeout?: number | undefined;
  /** Sends the requests, where the runtime's own `fetch` will not do. @default fetch */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** The answer's JSON for a path below the API's address; `undefined` for 404. */
export type DataverseRequest = (path: string) => Promise<unknown>;

/** At most so many requests for one look-up that is asked to wait. */
const attempts = 3;

/**
 * A function that asks Dataverse.
 *
 * Renews the access token once after a 401; waits as `Retry-After` says after a 429 or 503 where `timeout` leaves room.
 * Follows no redirect.
 *
 * @throws TypeError when an option cannot be used.
 */
export function createDataverseRequest(options: DataverseOptions): DataverseRequest {
  const { accessToken, timeout = 5000, fetch: send = (url, init) => fetch(url, init) } = options;
  const base = webApiUrl(options.url);
  if (typeof accessToken !== 'function')
    throw new TypeError('accessToken is not a function. Give one that answers an access token as text.');
  if (!Number.isFinite(timeout) || timeout < 100)
    throw new TypeError(`timeout is ${timeout}. It is in milliseconds, 100 or more.`);

  return async (path) => {
    const deadline = Date.now() + timeout;
    const signal = AbortSignal.timeout(timeout);
    const ask = async (renew: boolean) => {
      const authorization = `Bearer ${requireToken(await accessToken({ renew }))}`;
      return send(`${base}${path}`, {
        headers: {
          Accept: 'application/json',
          Authorization: authorization,
          'OData-MaxVersion': '4.0',
          'OData-Version': '4.0',
        },
        redirect: 'manual',
        signal,
      }).catch((error) => {
        throw unreachable(error, timeout);
      });
    };
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      const response = await ask(renewed);
      if (response.status === 401 && !renewed) {
        renewed = true;
        continue;
      }
      const wait = response.status === 429 || response.status === 503 ? retryAfter(response) : undefined;
      if (wait !== undefined && attempt < attempts && Date.now() + wait < deadline) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        continue;
      }
      if (response.status === 404) return undefined;
      if (response.status !== 200) throw refused(response.status, wait);
      return await response.json().catch((error) => {
        throw error instanceof SyntaxError ? unexpected() : unreachable(error, timeout);
      });
    }
  };
}

function webApiUrl(address: unknown): string {
  const url = typeof address === 'string' || address instanceof URL ? String(address) : '';
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const local = parsed && /^(localhost|.*\.localhost|127\.0\.0\.1|\[::1\])$/.test(parsed.hostname);
  if (
    !parsed ||
    !(parsed.protocol === 'https:' || (parsed.protocol === 'http:' && local)) ||
    parsed.search ||
    parsed.hash ||
    parsed.username ||
    parsed.password
  )
    throw new TypeError(
      'url is not the address of a Dynamics organisation. Write it like https://contoso.crm4.dynamics.com, with https.',
    );
  const [, prefix = '', version = 'v9.2'] =
    /^(.*?)(?:\/api\/data(?:\/(v\d+\.\d+))?)?\/*$/.exec(parsed.pathname) ?? [];
  return `${parsed.origin}${prefix}/api/data/${version}/`;
}

/** The form of a bearer token (RFC 6750 section 2.1): another one would surface in fetch's own error message. */
function requireToken(token: unknown): string {
  if (typeof token === 'string' && /^[\w\-.~+/]+=*$/.test(token)) return token;
  throw new TypeError(
    'accessToken did not answer an access token. It must answer the token as text, without "Bearer" or line breaks.',
  );
}

/** Milliseconds to wait (RFC 9110 section 10.2.3: seconds or a date). */
function retryAfter(response: Response): number | undefined {
  const value = response.headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function refused(status: number, wait: number | undefined): DataverseError {
  if (status === 401)
    return new DataverseError(
      'unauthorized',
      'Dynamics refused the access token, and a renewed one too. Is it issued for this organisation, and is its application user enabled there?',
      status,
    );
  if (status === 403)
    return new DataverseError(
      'forbidden',
      'Dynamics does not let the application user read contacts. Give it a security role with Read on Contact.',
      status,
    );
  if (status === 429 || status === 503)
    return new DataverseError(
      'throttled',
      `Dynamics answered ${status}${wait === undefined ? '' : ` and asks to wait ${Math.ceil(wait / 1000)} seconds`}. Keep the GUID in the visitor's session, so that there are fewer look-ups.`,
      status,
    );
  return new DataverseError(
    'failed',
    `Dynamics answered ${status}. Is url the organisation's address, and does the column exist?`,
    status,
  );
}

function unexpected(): DataverseError {
  return new DataverseError(
    'unexpected-answer',
    'The answer is not one of Dataverse. Is url the address of the organisation itself?',
  );
}

function unreachable(error: unknown, timeout: number): DataverseError {
  if (error instanceof Error && error.name === 'TimeoutError')
    return new DataverseError(
      'timeout',
      `Dynamics did not answer within ${timeout} ms. Raise timeout, or try again.`,
    );
  return new DataverseError(
    'network',
    'Dynamics could not be reached. Check url, name resolution and proxy.',
  );
}
