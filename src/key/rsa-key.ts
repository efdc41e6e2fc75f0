/**
 * Reads the numbers of an RSA public key (RFC 8017), and judges whether they are plausible.
 *
 * @module
 */

import { toHex } from './base64.js';
import {
  BIT_STRING,
  type DerElement,
  INTEGER,
  OBJECT_IDENTIFIER,
  readElement,
  readElements,
  SEQUENCE,
  writeElement,
} from './der.js';

export interface RsaKey {
  /** SubjectPublicKeyInfo (RFC 5280 section 4.1), as Web Crypto imports it. */
  spki: Uint8Array<ArrayBuffer>;
  modulus: bigint;
  exponent: bigint;
  bits: number;
}

/** AlgorithmIdentifier (RFC 8017 appendix C): rsaEncryption, with NULL for parameters. */
const ALGORITHM = writeElement(
  SEQUENCE,
  writeElement(OBJECT_IDENTIFIER, Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01)),
  Uint8Array.of(0x05, 0x00),
);

/** Returns the key in a SubjectPublicKeyInfo, or undefined unless every length in it is exact. */
export function readRsaKey(spki: Uint8Array<ArrayBuffer>): RsaKey | undefined {
  const outer = readElement(spki, 0);
  if (outer?.tag !== SEQUENCE || outer.end !== spki.length) return undefined;
  const [algorithm, holder] = readElements(spki, outer);
  if (toHex(spki.subarray(algorithm?.offset, algorithm?.end)) !== toHex(ALGORITHM)) return undefined;
  if (holder?.tag !== BIT_STRING || holder.end !== spki.length || spki[holder.start] !== 0) return undefined;
  const pair = readElement(spki, holder.start + 1);
  if (pair?.tag !== SEQUENCE || pair.end !== spki.length) return undefined;
  const [modulus, exponent, ...rest] = readElements(spki, pair);
  if (
    modulus?.tag !== INTEGER ||
    exponent?.tag !== INTEGER ||
    isNegative(spki, modulus) ||
    exponent.end !== spki.length ||
    rest.length > 0
  ) {
    return undefined;
  }
  const number = ({ start, end }: typeof modulus) => toBigInt(spki.subarray(start, end));
  return {
    spki,
    modulus: number(modulus),
    exponent: number(exponent),
    bits: number(modulus).toString(2).length,
  };
}

/** Wraps a PKCS#1 key (RFC 8017 appendix A.1.1), or other contents, in a SubjectPublicKeyInfo. */
export function wrapPkcs1(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeElement(SEQUENCE, ALGORITHM, writeElement(BIT_STRING, Uint8Array.of(0), pkcs1));
}

/**
 * Whether these numbers can be an RSA key. A modulus is the product of two large primes. Of accidentally changed
 * moduli, 14 in 15 are divisible by a number below 4096. This distinguishes a damaged key from the key of another pair.
 */
export function isPlausible(key: RsaKey): boolean {
  const { modulus, exponent } = key;
  if (exponent % 2n === 0n || (exponent === 1n && !isExponentOne(key))) return false;
  for (let divisor = 3; divisor < 4096; divisor += 2) {
    if (modulus % BigInt(divisor) === 0n) return false;
  }
  return modulus % 2n === 1n;
}

/** Whether someone chose the exponent 1. If damage made it, the exponent has leading zeros. */
export const isExponentOne = ({ exponent, spki }: RsaKey): boolean => exponent === 1n && spki.at(-2) === 1;

/** Also true for a number without any bytes. */
function isNegative(bytes: Uint8Array, { start, end }: DerElement): boolean {
  return start === end || (bytes[start] ?? 0) >= 0x80;
}

export function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes) || '0'}`);
}
