/**
 * The error that says why there is no token.
 *
 * @module
 */
import type { BridgeErrorCode } from '../contract/bridge-error-code.js';

export type { BridgeErrorCode };

/** The fact and the remedy for each code. If the token endpoint answered, the message begins with the status. */
const messages: Record<BridgeErrorCode, string> = {
  'signed-out':
    'Nobody is signed in. If somebody is, check the option credentials, the cookie (SameSite) and the WordPress REST nonce.',
  'no-contact': 'The CRM has no contact for this visitor. Create one.',
  forbidden: 'This page is refused. Check the allowed origins and CSRF protection of the token endpoint.',
  redirected:
    'The token endpoint redirects. Answer 401 instead of a sign-in page, and use its final address (https, www, trailing slash).',
  'rate-limited': 'Raise its limit.',
  'endpoint-failed': 'Check its address and log.',
  network: 'The token endpoint is out of reach. Check the connection, its address, CORS and the CSP.',
  timeout: 'No token came in time. Make the token endpoint faster, or raise the option timeout.',
  'not-a-token': 'The answer is not a JWT. Send three base64url parts, signed with RS256.',
  'wrong-claims': 'The claims are wrong. Check the token endpoint.',
  'token-expired': 'The token had expired on arrival. Mint one per request and check the server clock.',
  'cached-answer': 'A shared cache answered, maybe for another visitor. Send Cache-Control: no-store.',
  'visitor-changed': 'The visitor changed or left the page. Ask again.',
  disposed: 'There is no bridge: it was disposed of, or this is a server. Create one in the browser.',
};

/**
 * The error that `getToken` rejects with and that `onError` receives.
 *
 * The message says what happened and what to do. It never contains a token or a value from the token endpoint's answer.
 * There is no `cause`, so that no request, response or body reaches a log.
 */
export class BridgeError extends Error {
  override readonly name = 'BridgeError';
  readonly code: BridgeErrorCode;
  /** The HTTP status of the token endpoint's answer, if there was one. */
  readonly status: number | undefined;

  constructor(code: BridgeErrorCode, status?: number, message = messages[code]) {
    super(status ? `The token endpoint answered ${status}. ${message}` : message);
    this.code = code;
    this.status = status;
  }
}

/** Returns a BridgeError unchanged. Replaces any other error by `endpoint-failed`, because it may contain a secret. */
export function toBridgeError(
  error: unknown,
  message = 'The bridge failed here. Look for a script that replaces functions of the browser.',
): BridgeError {
  return error instanceof BridgeError ? error : new BridgeError('endpoint-failed', undefined, message);
}
