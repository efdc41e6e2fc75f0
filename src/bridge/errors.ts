/** Why there is no token: a closed set of codes, each with a fact and a remedy. */

export type BridgeErrorCode =
  | 'signed-out'
  | 'no-contact'
  | 'forbidden'
  | 'redirected'
  | 'rate-limited'
  | 'endpoint-failed'
  | 'network'
  | 'timeout'
  | 'not-a-token'
  | 'wrong-claims'
  | 'token-expired'
  | 'cached-answer'
  | 'visitor-changed'
  | 'disposed';

const messages: Record<BridgeErrorCode, string> = {
  'signed-out':
    'Nobody is signed in. If the visitor is, check that the request carries the session: credentials, SameSite, a WordPress REST nonce.',
  'no-contact': 'The CRM has no contact for this visitor. Create or link one.',
  forbidden: 'The token endpoint answered 403. Check its allowed origins and CSRF protection.',
  redirected:
    'The token endpoint redirects. Answer 401 instead of a login page, and enter the final address (https, www, trailing slash).',
  'rate-limited': 'The token endpoint answered 429. Raise its limit.',
  'endpoint-failed': 'headers() or fetchToken() threw. Mend it.',
  network: 'The token endpoint cannot be reached. Check the connection, its address, CORS and the CSP.',
  timeout: 'No token came in time. Make the token endpoint faster or raise the timeout.',
  'not-a-token': 'The answer is not a token. Answer with a JWT signed with RS256.',
  'wrong-claims': 'The claims are wrong.',
  'token-expired': 'The token had expired on arrival. Mint one for each request and check the server clock.',
  'cached-answer': 'A shared cache answered, maybe for another visitor. Answer with Cache-Control: no-store.',
  'visitor-changed': 'The visitor changed or left while the token was fetched. Ask again.',
  disposed: 'There is no bridge on this page: it was disposed of, or this is a server. Create one.',
};

/**
 * What `getToken` rejects with, and what `onError` is given.
 *
 * The message says what happened and what to do. It never holds a token, nor anything that the token endpoint
 * answered; there is no `cause`, so that no request, response or body travels along into a log.
 */
export class BridgeError extends Error {
  override readonly name = 'BridgeError';
  readonly code: BridgeErrorCode;
  /** The HTTP status of the token endpoint's answer, where there was one. */
  readonly status: number | undefined;

  constructor(code: BridgeErrorCode, status?: number, message = messages[code]) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
