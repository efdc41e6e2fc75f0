/**
 * Finds keys that can be read but sign nonsense, for example because one character was altered.
 *
 * @module
 */
import { type CryptoKey, exportJWK, importJWK } from 'jose';

const algorithm = 'RSASSA-PKCS1-v1_5';

/** The public key of an extractable private key. */
export async function publicHalf(key: CryptoKey): Promise<CryptoKey> {
  const { n = '', e = '' } = await exportJWK(key);
  const imported = await importJWK({ kty: 'RSA', n, e }, 'RS256', { extractable: true });
  if (imported instanceof Uint8Array) throw new TypeError('An RSA key was imported as bytes.');
  return imported;
}

/** Whether `key`, an extractable private key, signs what its own public half verifies. */
export async function signsForItsPublicHalf(key: CryptoKey): Promise<boolean> {
  const bytes = new TextEncoder().encode('live-assist-bridge');
  const signature = await crypto.subtle.sign(algorithm, key, bytes);
  return crypto.subtle.verify(algorithm, await publicHalf(key), signature, bytes);
}
