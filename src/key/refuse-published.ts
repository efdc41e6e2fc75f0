/**
 * Refuses key pairs whose private half anybody can know: printed in public documentation, or computable.
 *
 * @module
 */
import { fingerprint } from './fingerprint.js';
import { KeyError } from './key-error.js';
import { publishedIn } from './published-keys.js';
import { isRoca } from './roca.js';
import { readRsaKey } from './rsa-key.js';

/**
 * @throws KeyError `published` if the private half of this public key (SubjectPublicKeyInfo) has been published, `weak`
 * if it can be computed.
 */
export async function refusePublished(spki: Uint8Array<ArrayBuffer>): Promise<void> {
  const key = readRsaKey(spki);
  if (key && isRoca(key.modulus))
    throw new KeyError(
      'weak',
      'A faulty chip made this key (ROCA, CVE-2017-15361): anybody can compute its private key. Create a pair without that chip: npx live-assist-bridge keys --issuer www.example.com',
    );
  const place = publishedIn(await fingerprint(spki));
  if (place === undefined) return;
  throw new KeyError(
    'published',
    `This key is an example from ${place}: its private key is public, so anybody can sign as any of your contacts. Create your own pair: npx live-assist-bridge keys --issuer www.example.com`,
  );
}
