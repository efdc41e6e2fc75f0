/**
 * The options of the look-ups, their defaults and their checks.
 *
 * @module
 */
import { requireKnownOptions } from '../../contract/known-options.js';
import { accessTokenSource } from './access-token-source.js';
import { webApiUrl } from './web-api-url.js';

interface CommonOptions {
  /**
   * Address of the organisation, such as `https://contoso.crm4.dynamics.com`. It must be https, except for localhost.
   * The type accepts `undefined`, because an environment variable may be missing; the value is refused with a
   * TypeError.
   */
  url: string | URL | undefined;
  /**
   * How long a look-up may take, in milliseconds, 100 to 60000, including the waits for the access token, for the queue
   * and for Dynamics. Keep it below the `timeout` of `createTokenHandler`.
   *
   * @default 5000
   */
  timeout?: number | undefined;
  /**
   * How many requests may run at a time, 1 to 1000. Other look-ups wait for their turn, within their own `timeout`. The
   * limit is per process. Dynamics serves 52 requests of one user at a time, so keep instances × concurrency below 52.
   *
   * @default 40
   */
  concurrency?: number | undefined;
  /**
   * Sends the requests instead of the runtime's own fetch, for example through a proxy or a service binding.
   *
   * @default fetch
   */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** The options of the look-ups. Give exactly one of `credential` and `accessToken`. */
export type DataverseOptions = CommonOptions &
  (
    | {
        /**
         * Gets the access tokens: a credential of `@azure/identity`, or any object with `getToken(scope)`. It is called
         * for every look-up, so it must reuse its token while the token is valid, as `@azure/identity` does.
         */
        credential: DataverseCredential;
        accessToken?: undefined;
      }
    | {
        /**
         * Returns an access token for the organisation, without "Bearer". The function is called for every look-up, so
         * reuse the token while it is valid. If Dynamics refuses the token, the function is called once more, with
         * `renew: true`.
         */
        accessToken: (reason: { renew: boolean }) => string | Promise<string>;
        credential?: undefined;
      }
  );

/** The part of `@azure/identity`'s TokenCredential that is used here. */
export interface DataverseCredential {
  /** @param scope The organisation's address with `/.default`. */
  getToken(scope: string): Promise<{ token: string } | null>;
}

/** Options of one look-up. */
export interface LookUpOptions {
  /** Ends the look-up, which then rejects with the signal's reason. Pass the signal that `contact` receives. */
  signal?: AbortSignal | undefined;
}

/** A check for every option. An option without an entry is a compile error. */
const known = {
  url: true,
  credential: true,
  accessToken: true,
  timeout: true,
  concurrency: true,
  fetch: true,
} satisfies Record<keyof DataverseOptions, true>;

/** @throws TypeError if an option is missing, unknown or not usable. */
export function resolveDataverseOptions(options: DataverseOptions) {
  requireKnownOptions('createDataverseContacts', options, known);
  const { timeout = 5000, concurrency = 40, fetch: send = (url, init) => fetch(url, init) } = options;
  const base = webApiUrl(options.url);
  const source = accessTokenSource(options, new URL(base).origin);
  if (!(typeof timeout === 'number' && timeout >= 100 && timeout <= 60_000))
    throw new TypeError(`timeout is ${timeout}. It is in milliseconds, from 100 to 60000.`);
  if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 1000))
    throw new TypeError(`concurrency is ${concurrency}. It is a whole number from 1 to 1000.`);
  if (typeof send !== 'function')
    throw new TypeError('fetch is not a function. Give (url, init) => Promise<Response>, or leave it out.');
  return { base, source, timeout, concurrency, fetch: send };
}
