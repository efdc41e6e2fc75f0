import { toHex } from './base64.js';

/**
 * Returns the SHA-256 of a SubjectPublicKeyInfo in hexadecimal, as openssl prints it, or an empty string without Web
 * Crypto.
 */
export async function fingerprint(spki: Uint8Array<ArrayBuffer>): Promise<string> {
  // A page opened over plain http has no `subtle`.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  return subtle ? toHex(new Uint8Array(await subtle.digest('SHA-256', spki))) : '';
}
