/** Checks the signature with the pasted key, and where it does not fit finds out which of the two is to blame. */
import { fromBase64, toBase64url, toHex } from '../../key/base64.js';
import { type Finding, finding } from '../findings/finding.js';
import type { PastedKey } from '../key/key.js';
import { type SignedHash, signedHash } from './signed-hash.js';
import type { TokenParts } from './token-parts.js';

/** RS256 (RFC 7518 section 3.3), whatever the token's header asks for. */
const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const PS256 = { name: 'RSA-PSS', hash: 'SHA-256' };

export async function* inspectSignature(
  { input, signature }: NonNullable<TokenParts['signed']>,
  key: PastedKey,
): AsyncGenerator<Finding> {
  const expected = Math.ceil(key.bits / 8);
  if (signature.length !== expected) {
    const form = textForm(signature, expected);
    return yield form
      ? finding('signature-encoded', form, expected)
      : finding('signature-length', signature.length, expected);
  }
  const bytes = new TextEncoder().encode(input);
  if (!(await canImport(key))) return yield finding('signature-not-checkable');
  if (await verifies(RS256, key, signature, bytes)) {
    return yield finding(key.asItStands ? 'signature-fits' : 'signature-fits-repaired-key');
  }
  const signed = signedHash(key, signature);
  if (signed) yield await misuse(signed, input);
  else if (await verifies({ ...PS256, saltLength: 32 }, key, signature, bytes))
    yield finding('other-padding');
  else yield finding('other-pair');
}

/** In what form the bytes of the signature are where they are a text. */
function textForm(signature: Uint8Array<ArrayBuffer>, expected: number): string | undefined {
  const ascii = new TextDecoder('latin1').decode(signature);
  const forms = [toBase64url(signature), ascii];
  if (forms.some((text) => text.length === 2 * expected && /^[\da-f]+$/i.test(text))) return 'in hexadecimal';
  return /^[\w+/-]+={0,2}$/.test(ascii) && fromBase64(ascii).length === expected
    ? 'in base64 twice'
    : undefined;
}

/** The key is the right one: what else than the token's text was signed? */
async function misuse({ hash, digest }: SignedHash, input: string): Promise<Finding> {
  if (hash && hash !== 'SHA-256') return finding('other-hash', hash);
  const right = await sha256(input);
  for (const once of [right, toHex(right)])
    if (digest === toHex(await sha256(once))) return finding('hashed-twice');
  if (!hash) return finding(digest === toHex(right) ? 'digest-alone' : 'signed-otherwise');
  const payload = input.replace(/.*\./, '');
  const parts = [payload, ...(/[^\w-]/.test(payload) ? [] : [fromBase64(payload)])];
  for (const part of parts) if (digest === toHex(await sha256(part))) return finding('payload-alone');
  return finding('token-altered');
}

async function sha256(content: string | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
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
