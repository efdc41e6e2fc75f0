/**
 * Distinguishes tokens from other texts, and complete tokens from those that were cut off or have something appended.
 *
 * @module
 */

/** Matches the beginning of a compact token: an encoded `{"`, or a brace and white space. */
export const tokenStart = '(?:ey[JA]|ew[ko0])';

/** Matches a whole compact token, with or without a signature. */
export const tokenShape = `${tokenStart}[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*`;

/**
 * Whether `signature`, in base64url, has a length that fits an RSA key of 1024 bits or more.
 *
 * An RSA signature is as long as the key's modulus (RFC 8017 section 8.2.1). Tools make keys in steps of 64 bits, or of
 * 1000 bits. A token with WordPress' `0` appended has 257 bytes and fits neither.
 */
export function fitsRsaKey(signature: string): boolean {
  const bytes = Math.floor((signature.length * 3) / 4);
  const isWhole = Math.ceil((bytes * 4) / 3) === signature.length;
  return isWhole && bytes > 124 && (bytes % 8 === 0 || bytes % 125 === 0);
}
