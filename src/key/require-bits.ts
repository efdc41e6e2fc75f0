/**
 * Refuses RSA keys that are too short.
 *
 * @module
 */
import type { CryptoKey } from 'jose';
import { KeyError } from './key-error.js';

/** The minimum number of bits for RS256 (RFC 7518 section 3.3). */
const least = 2048;

/**
 * Returns `key` if it is long enough.
 *
 * @throws KeyError `too-short`
 */
export function requireBits(key: CryptoKey, kind: 'private' | 'public'): CryptoKey {
  const { modulusLength } = key.algorithm as { modulusLength?: number };
  if (modulusLength !== undefined && modulusLength >= least) return key;
  throw new KeyError(
    'too-short',
    `The ${kind} key has ${modulusLength} bits; RS256 needs ${least} or more. Create a new pair: npx live-assist-bridge keys --issuer www.example.com`,
  );
}
