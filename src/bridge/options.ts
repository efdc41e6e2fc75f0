/**
 * The options of a bridge.
 *
 * @module
 */
import type { BridgeError } from './errors.js';
import type { Identity } from './messaging/identity.js';

export interface CommonOptions {
  /**
   * The JS Method Name as entered in Live Assist, starting from the global scope. Dotted names such as
   * `'auth.getAuthenticationToken'` are allowed; parents that do not exist are created.
   *
   * @default 'authoriseChatWithCallback'
   */
  methodName?: string | undefined;
  /**
   * The property of a JSON answer that holds the token. Use dots for nested objects: `'data.token'`.
   *
   * @default 'token'
   */
  tokenField?: string | undefined;
  /**
   * The request method. While a service worker controls the page, GET adds a unique parameter `_`; POST adds none.
   *
   * @default 'GET'
   */
  httpMethod?: 'GET' | 'POST' | undefined;
  /**
   * Additional request headers, or a function that returns them. The function is called once per request, not for
   * retries.
   */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /**
   * Whether the request sends cookies. A token endpoint on another origin receives them only with `'include'`.
   *
   * @default 'same-origin'
   */
  credentials?: RequestCredentials | undefined;
  /**
   * Milliseconds, 100 to 9500, for the whole request, including retries and the answer's body. When they have passed,
   * all waiting callers are refused. Live Assist documents no limit; Microsoft's similar contract allows ten seconds.
   *
   * @default 8000
   */
  timeout?: number | undefined;
  /**
   * Seconds, 0 to 3600. The bridge requests a new token when the kept one has less than this left. The margin is
   * at most half of the token's lifetime.
   *
   * @default 60
   */
  expiryMargin?: number | undefined;
  /**
   * Returns who is signed in. It is called at every call and before every hand-over.
   * - Any id that differs between visitors: a token is handed over only to the visitor for whom it was requested.
   * - `null` or `''`: nobody is signed in. The call is refused without a request.
   * - `undefined`: unknown. The token endpoint is asked every time.
   */
  visitor?: (() => string | null | undefined) | undefined;
  /**
   * For Live Assist Messaging: tells the messaging tag who the visitor is, through `lpTag.identities`. With `true`, the
   * identity is taken from the token. This requires `visitor`, so that a guest causes no request. Instead, a function
   * can return the identity itself, or `null` for a guest; then no token is requested.
   *
   * @default false
   */
  identities?: boolean | (() => Identity | null | Promise<Identity | null>) | undefined;
  /**
   * Called once for every failure. Without it, each code is written to the console once per page, except `signed-out`.
   */
  onError?: ((error: BridgeError) => void) | undefined;
}

/** The options of a bridge. Give exactly one of `tokenEndpoint` and `fetchToken`. */
export type BridgeOptions = CommonOptions &
  (
    | {
        /**
         * The site's URL that answers with the token: JSON with `tokenField`, a JSON string, or plain text. A relative
         * URL is resolved against the page. An address on another origin needs https, except localhost. Redirects are
         * not followed.
         */
        tokenEndpoint: string | URL;
        fetchToken?: undefined;
      }
    | {
        /**
         * The site's own function that fetches the token. It returns `null` if nobody is signed in. It is never
         * retried. The signal aborts as soon as nobody waits for the token.
         */
        fetchToken: (signal: AbortSignal) => Promise<string | null>;
        tokenEndpoint?: undefined;
      }
  );
