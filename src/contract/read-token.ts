/** Takes a compact JWT apart. Verifies nothing: a signature is the server's business. */

export interface ReadToken {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
}

/**
 * The header and payload of a token in compact form (RFC 7515 section 3.1), decoded as UTF-8.
 *
 * `undefined` for anything but three base64url parts (none empty, no padding) whose first two are JSON objects.
 */
export function readToken(token: string): ReadToken | undefined {
  const parts = /^([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(token);
  try {
    const [header, payload] = [decode(parts?.[1]), decode(parts?.[2])];
    return header && payload && { header, payload };
  } catch {
    return undefined;
  }
}

function decode(part = ''): Record<string, unknown> | undefined {
  const text = atob(part.replace(/-/g, '+').replace(/_/g, '/'));
  // A loop: Uint8Array.from is four times as slow.
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place++) bytes[place] = text.charCodeAt(place);
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  return typeof value === 'object' && value && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
