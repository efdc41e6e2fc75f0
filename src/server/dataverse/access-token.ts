/**
 * Recognises access tokens.
 *
 * @module
 */

/**
 * Whether `token` can be sent as a bearer token (RFC 6750 section 2.1). fetch quotes any other text in its error
 * message.
 */
export function isAccessToken(token: unknown): token is string {
  return typeof token === 'string' && /^[\w\-.~+/]+=*$/.test(token);
}
