/**
 * Recognises RSA-PSS signatures with a salt of any length (RFC 8017 section 9.1.2).
 *
 * @module
 */
import type { RsaKey } from '../../key/rsa-key.js';
import { openSignature } from './signed-hash.js';

const HASHES = [
  ['SHA-256', 32],
  ['SHA-384', 48],
  ['SHA-512', 64],
  ['SHA-1', 20],
] as const;

/**
 * Returns the length of the salt if `signature` is an RSA-PSS signature of `input` by this key, otherwise `undefined`.
 */
export async function pssSalt(
  key: RsaKey,
  signature: Uint8Array,
  input: Uint8Array<ArrayBuffer>,
): Promise<number | undefined> {
  const opened = Uint8Array.from(openSignature(key, signature).match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  if (opened.at(-1) !== 0xbc) return undefined;
  for (const [hash, length] of HASHES) {
    const maskedLength = opened.length - length - 1;
    const digest = opened.slice(maskedLength, -1);
    const mask = await mgf1(digest, maskedLength, hash);
    const block = mask.map((byte, index) => byte ^ (opened[index] ?? 0));
    // The highest bits of the first byte do not fit below the modulus.
    block[0] = (block[0] ?? 0) & 0x7f;
    const start = block.indexOf(1);
    if (start < 0 || block.subarray(0, start).some((byte) => byte !== 0)) continue;
    const salt = block.slice(start + 1);
    const message = new Uint8Array(await crypto.subtle.digest(hash, input));
    const expected = await crypto.subtle.digest(hash, join(new Uint8Array(8), message, salt));
    if (`${new Uint8Array(expected)}` === `${digest}`) return salt.length;
  }
  return undefined;
}

async function mgf1(seed: Uint8Array, length: number, hash: string): Promise<Uint8Array<ArrayBuffer>> {
  const blocks: Uint8Array[] = [];
  for (let counter = 0; blocks.length * 20 < length; counter++)
    blocks.push(
      new Uint8Array(await crypto.subtle.digest(hash, join(seed, Uint8Array.of(0, 0, 0, counter)))),
    );
  return join(...blocks).slice(0, length);
}

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
