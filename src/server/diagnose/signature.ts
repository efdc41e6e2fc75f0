/** Checks the signature with the pasted key, and where it does not fit finds out which of the two is to blame. */
import { type Finding, finding } from './finding.js';
import type { PastedKey } from './key.js';
import { signedHash } from './signed-hash.js';
import type { TokenParts } from './token-parts.js';

/** RS256 (RFC 7518 section 3.3), whatever the token's header asks for. */
const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const PS256 = { name: 'RSA-PSS', hash: 'SHA-256' };

export async function* inspectSignature(
  { input, signature }: NonNullable<TokenParts['signed']>,
  key: PastedKey,
): AsyncGenerator<Finding> {
  const expected = Math.ceil(key.bits / 8);
  if (signature.length !== expected) return yield finding('signature-length', signature.length, expected);
  const bytes = new TextEncoder().encode(input);
  if (!(await canImport(key))) return yield finding('signature-not-checkable');
  if (await verifies(RS256, key, signature, bytes)) {
    return yield finding(key.asItStands ? 'signature-fits' : 'signature-fits-repaired-key');
  }
  const hash = signedHash(key, signature);
  if (hash === 'SHA-256') yield finding('token-altered');
  else if (hash) yield finding('other-hash', hash);
  else if (await verifies({ ...PS256, saltLength: 32 }, key, signature, bytes))
    yield finding('other-padding');
  else yield finding('other-pair');
}

/** Browsers hide Web Crypto from pages of plain http, and engines have limits on the size of a key. */
async function canImport({ spki }: PastedKey): Promise<boolean> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  const imported = subtle?.importKey('spki', spki, RS256, false, ['verify']);
  return (
    imported?.then(
      () => true,
      () => false,
    ) ?? false
  );
}

async function verifies(
  algorithm: { name: string; hash: string; saltLength?: number },
  { spki }: PastedKey,
  signature: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);
  return crypto.subtle.verify(algorithm, key, signature, bytes);
}
