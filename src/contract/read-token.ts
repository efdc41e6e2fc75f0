/**
 * Takes a compact JWT apart.
 *
 * @module
 */

/** The two readable parts of a token. */
export interface ReadToken {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
}

/**
 * The header and the payload of a token in compact form (RFC 7515 section 3.1), decoded as UTF-8. Verifies nothing.
 *
 * Returns `undefined` unless there are three base64url parts, none of them empty or padded, and the first two are JSON
 * objects.
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
  // Not TextDecoder, which jsdom lacks. This is as strict: it throws URIError for what is not UTF-8.
  const value: unknown = JSON.parse(decodeURIComponent(escaped).replace(/^\uFEFF/, ''));
  return typeof value === 'object' && value && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
