/**
 * Opens a signature with the public key, which works only with the right key (RFC 8017 sections 8.2.2 and 9.2).
 *
 * @module
 */
import { type RsaKey, toBigInt } from '../../key/rsa-key.js';

/** The beginning of the DigestInfo for each hash. */
const HASHES = [
  ['SHA-256', '3031300d060960864801650304020105000420'],
  ['SHA-384', '3041300d060960864801650304020205000430'],
  ['SHA-512', '3051300d060960864801650304020305000440'],
  ['SHA-1', '3021300906052b0e03021a05000414'],
  ['MD5', '3020300c06082a864886f70d020505000410'],
] as const;

export interface SignedHash {
  /** Undefined if no DigestInfo names the hash. */
  hash: string | undefined;
  /** What was signed, in hexadecimal. */
  digest: string;
}

/** Returns what was signed with this key's private half, or undefined if another key or another padding was used. */
export function signedHash(key: RsaKey, signature: Uint8Array): SignedHash | undefined {
  const content = /^0001(?:ff){8,}00(.*)$/.exec(openSignature(key, signature))?.[1];
  if (content === undefined) return undefined;
  const [hash, start = ''] = HASHES.find(([, start]) => content.startsWith(start)) ?? [];
  return { hash, digest: content.slice(start.length) };
}

/** Returns the encoded message inside a signature, in hexadecimal. */
export function openSignature({ modulus, exponent }: RsaKey, signature: Uint8Array): string {
  return power(toBigInt(signature), exponent, modulus)
    .toString(16)
    .padStart(signature.length * 2, '0');
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
