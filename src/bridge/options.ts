/**
 * The options of a bridge.
 *
 * @module
 */
import type { BridgeError } from './errors.js';
import type { Identity } from './messaging/identity.js';

export interface CommonOptions {
  /**
   * JS Method Name as entered in Live Assist, from the global scope; dotted names too: `'auth.getAuthenticationToken'`
   * (parents that do not exist are created).
   *
   * @default 'authoriseChatWithCallback'
   */
  methodName?: string | undefined;
  /**
   * Where the token is in a JSON answer; dotted for nested objects: `'data.token'`.
   *
   * @default 'token'
   */
  tokenField?: string | undefined;
  /** @default 'GET' */
  httpMethod?: 'GET' | 'POST' | undefined;
  /** Further request headers, or a function that returns them. It is called once per request, not again for retries. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /**
   * Whether the request carries cookies. A token endpoint on another origin needs `'include'`.
   *
   * @default 'same-origin'
   */
  credentials?: RequestCredentials | undefined;
  /**
   * Milliseconds, 100 to 9500, for the whole request, including retries and the answer's body. Live Assist documents no
   * limit; Microsoft's similar contract gives ten seconds.
   *
   * @default 8000
   */
  timeout?: number | undefined;
  /**
   * Seconds, 0 to 3600: how long before its end a kept token is no longer handed over. Never more than half of its life.
   *
   * @default 60
   */
  expiryMargin?: number | undefined;
  /**
   * Says who is signed in. Read at every call and before every hand-over. Returns any id that differs between visitors;
   * `null` or `''` for nobody: the call is refused without a request; `undefined` if it is unknown: the token endpoint is
   * asked every time.
   */
  visitor?: (() => string | null | undefined) | undefined;
  /**
   * For Live Assist Messaging: answers the messaging tag's question who the visitor is, through `lpTag.identities`. With
   * `true` the identity is taken from the token. That needs `visitor`, so that a guest causes no request. A function returns
   * the identity itself, or `null` for a guest; no token is requested then.
   *
   * @default false
   */
  identities?: boolean | (() => Identity | null | Promise<Identity | null>) | undefined;
  /** Called for every failure. Without it, each code is written to the console once per page; `signed-out` never. */
  onError?: ((error: BridgeError) => void) | undefined;
}

/** `tokenEndpoint` or `fetchToken`, exactly one of them. */
export type BridgeOptions = CommonOptions &
  (
    | {
        /**
         * The site's URL that answers with the token: JSON with `tokenField`, a JSON string, or text. Relative to the page.
         * On another origin only over https (localhost excepted). Redirects are not followed.
         */
        tokenEndpoint: string | URL;
        fetchToken?: undefined;
      }
    | {
        /**
         * Fetches the token itself; returns `null` if nobody is signed in. Never retried. The signal aborts once nobody
         * waits for the token.
         */
        fetchToken: (signal: AbortSignal) => Promise<string | null>;
        tokenEndpoint?: undefined;
      }
  );
