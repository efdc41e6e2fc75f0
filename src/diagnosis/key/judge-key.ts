/**
 * Judges an RSA public key itself, independent of its notation.
 *
 * @module
 */
import { fingerprint } from '../../key/fingerprint.js';
import { publishedIn } from '../../key/published-keys.js';
import { isPlausible, type RsaKey, readRsaKey } from '../../key/rsa-key.js';
import { weaknessOf } from '../../key/weakness.js';
import { conclude } from '../findings/conclude.js';
import { type Finding, finding } from '../findings/finding.js';

export interface PastedKey extends RsaKey {
  /** Whether the text needs no repair to be read as this key. */
  asItStands: boolean;
}

/** Yields what is wrong with the key, and returns it if signatures can be checked with it. */
export async function* judgeKey(
  spki: Uint8Array<ArrayBuffer>,
  asItStands: boolean,
): AsyncGenerator<Finding, PastedKey | undefined> {
  const key = readRsaKey(spki);
  if (!key) return undefined;
  if (!isPlausible(key)) return yield* conclude(finding('key-damaged', ''));
  const print = await fingerprint(key.spki);
  const place = publishedIn(print);
  if (place !== undefined) yield finding('key-published', place);
  const weakness = weaknessOf(key);
  if (weakness) yield finding('key-weak', weakness);
  // With the exponent 1, every text is its own signature.
  if (key.exponent === 1n) return undefined;
  if (key.bits < 2048) yield finding('key-too-small', key.bits);
  else if (place === undefined && !weakness) yield finding('key-fine', key.bits, print);
  return { ...key, asItStands };
}
