/** Writes the parts of a token (RFC 7515 section 2). */
import { base64url } from 'jose';

const { Buffer } = globalThis as { Buffer?: typeof globalThis.Buffer };

/**
 * The bytes in base64url without padding. Node's own Buffer writes them, where there is one: beside a signature the portable
 * way is a thirtieth of a token's time.
 */
export const encodeBase64url: (bytes: Uint8Array) => string = Buffer?.isEncoding('base64url')
  ? (bytes) => Buffer.from(bytes).toString('base64url')
  : base64url.encode;
