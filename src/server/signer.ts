/** Signs RS256, with a key at hand or with a function that reaches one. */
import type { CryptoKey } from 'jose';
import { importPrivateKey } from './private-key.js';

/**
 * Answers the RSASSA-PKCS1-v1_5 signature over the SHA-256 of `bytes` (`RS256`, RFC 7518 section 3.3).
 *
 * `bytes` are what is to be signed, not their digest.
 */
export type Sign = (bytes: Uint8Array) => SignatureBytes | Promise<SignatureBytes>;

type SignatureBytes = Uint8Array | ArrayBuffer;

/** A signature is as long as the modulus (RFC 8017 section 8.2.1): 2048 bits. */
const leastBytes = 256;

export async function createSigner(options: {
  privateKey?: string | CryptoKey;
  sign?: Sign;
}): Promise<(bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>> {
  const { sign, privateKey } = options;
  if (sign === undefined) {
    const key = await importPrivateKey(privateKey);
    return async (bytes) => new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, bytes));
  }
  if (privateKey !== undefined)
    throw new TypeError('Both privateKey and sign are given. Leave one out: only one of them can sign.');
  if (typeof sign !== 'function')
    throw new TypeError('sign is not a function. Give (bytes) => signature, or a privateKey in its place.');
  return async (bytes) => requireSignature(await sign(bytes));
}

function requireSignature(signature: unknown): Uint8Array {
  const bytes = signature instanceof ArrayBuffer ? new Uint8Array(signature) : signature;
  if (!(bytes instanceof Uint8Array))
    throw new TypeError('sign did not answer bytes. Return the raw signature, not its base64 text.');
  if (bytes.length >= leastBytes) return bytes;
  throw new TypeError(
    `sign answered ${bytes.length} bytes; an RS256 signature has ${leastBytes} or more. Is its key RSA with 2048 bits?`,
  );
}
