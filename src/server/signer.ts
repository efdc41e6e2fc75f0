/**
 * Signs with RS256, using a key or a function that has access to one, for example in a key vault.
 *
 * @module
 */
import type { CryptoKey } from 'jose';
import { importPrivateKey } from '../key/private-key.js';

/**
 * The site's own signing function. Returns the RSASSA-PKCS1-v1_5 signature over the SHA-256 of `bytes` (`RS256`, RFC
 * 7518 section 3.3). `bytes` is the whole text to sign, not its digest.
 *
 * @example Azure Key Vault, with `CryptographyClient` of `@azure/keyvault-keys`
 * ```ts
 * const sign = async (bytes: Uint8Array) => (await client.signData('RS256', bytes)).result;
 * ```
 */
export type Sign = (bytes: Uint8Array) => SignatureBytes | Promise<SignatureBytes>;

type SignatureBytes = Uint8Array | ArrayBuffer;

/** A signature is as long as the modulus, at least 2048 bits (RFC 8017 section 8.2.1). */
const leastBytes = 256;

/**
 * Creates the signing function from the option that was given.
 *
 * @throws KeyError if the private key cannot be used.
 * @throws TypeError if both are given, or if `sign` is not a function.
 */
export async function createSigner(options: {
  privateKey?: string | CryptoKey | undefined;
  sign?: Sign;
}): Promise<(bytes: Uint8Array<ArrayBuffer>) => Promise<SignatureBytes>> {
  const { sign, privateKey } = options;
  if (sign === undefined) {
    const key = await importPrivateKey(privateKey);
    return (bytes) => crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, bytes);
  }
  if (privateKey !== undefined)
    throw new TypeError('Both privateKey and sign are given. Leave one out: only one of them can sign.');
  if (typeof sign !== 'function')
    throw new TypeError('sign is not a function. Give (bytes) => signature, or a privateKey in its place.');
  return async (bytes) => requireSignature(await sign(bytes));
}

function requireSignature(signature: unknown): Uint8Array {
  const bytes = bytesOf(signature);
  if (!bytes)
    throw new TypeError(
      typeof signature === 'object' && signature
        ? 'sign returned an object instead of bytes. Return the raw signature in it, in the field that the vault calls result, Signature or signature.'
        : 'sign did not return bytes. Return the raw signature, not its base64 text.',
    );
  if (bytes.length >= leastBytes) return bytes;
  throw new TypeError(
    `sign returned ${bytes.length} bytes. An RS256 signature has ${leastBytes} or more. Return the raw signature of an RSA key of 2048 bits or more.`,
  );
}

function bytesOf(signature: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(signature))
    return new Uint8Array(signature.buffer, signature.byteOffset, signature.byteLength);
  // Not instanceof, because the bytes may come from another realm, as in test runners.
  return Object.prototype.toString.call(signature) === '[object ArrayBuffer]'
    ? new Uint8Array(signature as ArrayBuffer)
    : undefined;
}
