/**
 * Finds keys that can be read but produce wrong signatures, for example because one character was altered.
 *
 * @module
 */
import { type CryptoKey, exportJWK, importJWK } from 'jose';

const algorithm = 'RSASSA-PKCS1-v1_5';

/** Returns the public key of an extractable private key. */
export async function publicHalf(key: CryptoKey): Promise<CryptoKey> {
  const { n = '', e = '' } = await exportJWK(key);
  const imported = await importJWK({ kty: 'RSA', n, e }, 'RS256', { extractable: true });
  if (imported instanceof Uint8Array) throw new TypeError('An RSA key was imported as bytes.');
  return imported;
}

/** Whether the public half of `key`, an extractable private key, verifies what `key` signs. */
export async function signsForItsPublicHalf(key: CryptoKey): Promise<boolean> {
  const bytes = new TextEncoder().encode('live-assist-bridge');
  const signature = await crypto.subtle.sign(algorithm, key, bytes);
  return crypto.subtle.verify(algorithm, await publicHalf(key), signature, bytes);
}
