/**
 * The JWT Public Key as an administrator pastes it: base64 of a SubjectPublicKeyInfo, on one line.
 *
 * @module
 */
import { type CryptoKey, importSPKI } from 'jose';

/** Returns the key for verifying. @throws Error with a sentence that says what was pasted instead. */
export async function readPastedKey(pasted: string): Promise<CryptoKey> {
  if (/PRIVATE KEY/.test(pasted))
    throw new Error('This is a private key. It must never leave your server; paste the public key.');
  if (/-----/.test(pasted))
    throw new Error('The BEGIN and END lines are still there. Paste only what stands between them.');
  if (/\s/.test(pasted)) throw new Error('There is a line break or a space in it. Join the lines into one.');
  if (pasted === '') throw new Error('The key is missing. Paste the public key of your web application.');
  return importSPKI(`-----BEGIN PUBLIC KEY-----\n${pasted}\n-----END PUBLIC KEY-----`, 'RS256').catch(() => {
    throw new Error(
      'This is not an RSA public key in X.509 form. Such a key of 2048 bits begins with MIIBIjANBgkq. Is a character missing?',
    );
  });
}
