/**
 * Refuses key pairs that are printed in public documentation.
 *
 * @module
 */
import { fingerprint } from './fingerprint.js';
import { KeyError } from './key-error.js';
import { publishedIn } from './published-keys.js';

/** @throws KeyError `published` if the private half of this public key (SubjectPublicKeyInfo) has been published. */
export async function refusePublished(spki: Uint8Array<ArrayBuffer>): Promise<void> {
  const place = publishedIn(await fingerprint(spki));
  if (place === undefined) return;
  throw new KeyError(
    'published',
    `This key is an example from ${place}: its private key is public, so anybody can sign as any of your contacts. Create your own pair: npx live-assist-bridge keys --issuer www.example.com`,
  );
}
