/** Whether this can be sent as a bearer token (RFC 6750 section 2.1). Of anything else, fetch's own error message would quote it. */
export function isAccessToken(token: unknown): token is string {
  return typeof token === 'string' && /^[\w\-.~+/]+=*$/.test(token);
}
