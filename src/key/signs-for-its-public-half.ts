/** Finds keys that can be read and yet sign nonsense, as one altered character makes them. */
import { type CryptoKey, exportJWK, importJWK } from 'jose';

/** Whether `key`, an extractable private key, signs what its own public half verifies. */
export async function signsForItsPublicHalf(key: CryptoKey): Promise<boolean> {
  const { n = '', e = '' } = await exportJWK(key);
  const publicHalf = await importJWK({ kty: 'RSA', n, e }, 'RS256');
  if (publicHalf instanceof Uint8Array) return false;
  const bytes = new TextEncoder().encode('live-assist-bridge');
  const signature = await crypto.subtle.sign(algorithm, key, bytes);
  return crypto.subtle.verify(algorithm, publicHalf, signature, bytes);
}

const algorithm = 'RSASSA-PKCS1-v1_5';
