/**
 * The codes with which the bridge says why there is no token.
 *
 * @module
 */

/**
 * Why there is no token. The set is closed. `npx live-assist-bridge diagnose CODE` and docs/codes.md give each code's
 * remedy.
 */
export type BridgeErrorCode =
  /** Nobody is signed in. Expected for guests, so it is never written to the console. */
  | 'signed-out'
  /** The visitor is signed in but has no contact in the CRM. */
  | 'no-contact'
  /** The token endpoint refused the page or the visitor: 403, or a failed CSRF check. */
  | 'forbidden'
  /** The token endpoint redirects, usually to a sign-in page. The bridge does not follow redirects. */
  | 'redirected'
  /** The token endpoint answered 429. */
  | 'rate-limited'
  /** The token endpoint, `fetchToken` or `headers` failed, or the tag has no usable address. */
  | 'endpoint-failed'
  /** No answer arrived: offline, a wrong address, CORS, the Content-Security-Policy, or a replaced `fetch`. */
  | 'network'
  /** No usable answer arrived within `timeout`. */
  | 'timeout'
  /** The answer contains no token that Live Assist could read. The message names the defect. */
  | 'not-a-token'
  /** The token has no text in `sub`, or its `iat` or `exp` is not a number of seconds. */
  | 'wrong-claims'
  /** The token had already expired when it arrived. */
  | 'token-expired'
  /** A cache answered in place of the endpoint, or the endpoint sent another visitor's token again. */
  | 'cached-answer'
  /** The visitor signed out, changed or left the page before the token was handed over. */
  | 'visitor-changed'
  /** `dispose()` was called, or the bridge was created on a server. */
  | 'disposed';
