/**
 * Refuses key pairs with which anybody can sign: the private half is printed in public documentation or computable, or
 * the exponent is 1.
 *
 * @module
 */
import { fingerprint } from './fingerprint.js';
import { KeyError } from './key-error.js';
import { publishedIn } from './published-keys.js';
import { readRsaKey } from './rsa-key.js';
import { weaknessOf } from './weakness.js';

const create = 'npx live-assist-bridge keys --issuer www.example.com';

/**
 * @throws KeyError `published` if the private half of this public key (SubjectPublicKeyInfo) has been published, `weak`
 * if anybody can sign without it.
 */
export async function refuseCompromised(spki: Uint8Array<ArrayBuffer>): Promise<void> {
  const key = readRsaKey(spki);
  const weakness = key && weaknessOf(key);
  if (weakness) throw new KeyError('weak', `${weakness}. Create a pair with another program: ${create}`);
  const place = publishedIn(await fingerprint(spki));
  if (place === undefined) return;
  throw new KeyError(
    'published',
    `This key is an example from ${place}: its private key is public, so anybody can sign as any of your contacts. Create your own pair: ${create}`,
  );
}
