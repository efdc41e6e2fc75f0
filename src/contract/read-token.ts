/**
 * Decodes a compact JWT.
 *
 * @module
 */

/** The two readable parts of a token. */
export interface ReadToken {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
}

/**
 * Returns the header and the payload of a token in compact form (RFC 7515 section 3.1), decoded as UTF-8. Does not
 * verify the signature or the claims.
 *
 * Returns `undefined` unless the token has three base64url parts, none of them empty or padded, and the first two are
 * JSON objects.
 */
export function readToken(token: string): ReadToken | undefined {
  const [, first, second] = /^([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(token) ?? [];
  try {
    const [header, payload] = [decode(first), decode(second)];
    return header && payload && { header, payload };
  } catch {
    return undefined;
  }
}

function decode(part = ''): Record<string, unknown> | undefined {
  const bytes = atob(part.replace(/-/g, '+').replace(/_/g, '/'));
  const escaped = bytes.replace(/[\s\S]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
  // Not TextDecoder, which jsdom lacks. decodeURIComponent is as strict: it throws URIError unless the bytes are UTF-8.
  const value: unknown = JSON.parse(decodeURIComponent(escaped).replace(/^\uFEFF/, ''));
  return typeof value === 'object' && value && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
