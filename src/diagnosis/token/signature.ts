/**
 * Checks the signature with the pasted key. If they do not match, finds out which of the two is wrong.
 *
 * @module
 */
import { fromBase64, toHex } from '../../key/base64.js';
import { type Finding, finding } from '../findings/finding.js';
import type { PastedKey } from '../key/judge-key.js';
import { pssSalt } from './pss-salt.js';
import { signatureForm } from './signature-form.js';
import { type SignedHash, signedHash } from './signed-hash.js';
import type { TokenParts } from './token-parts.js';

/** RS256 (RFC 7518 section 3.3), regardless of the token's header. */
const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

export async function* inspectSignature(
  { input, signature }: NonNullable<TokenParts['signed']>,
  key: PastedKey,
): AsyncGenerator<Finding> {
  const expected = Math.ceil(key.bits / 8);
  const bytes = new TextEncoder().encode(input);
  const isCheckable = await canImport(key);
  const form = signatureForm(signature, expected);
  if (form) {
    const isRight = isCheckable && form.bytes && (await verifies(key, form.bytes, bytes));
    return yield finding('signature-encoded', form.words, expected, isRight === true);
  }
  const [wrapped, words] = oneByteMore(signature);
  if (words && signature.length === expected + 1 && isCheckable && (await verifies(key, wrapped, bytes)))
    return yield finding('signature-encoded', words, expected, true);
  if (signature.length !== expected) return yield finding('signature-length', signature.length, expected);
  if (!isCheckable) return yield finding('signature-not-checkable');
  if (await verifies(key, signature, bytes))
    return yield finding(key.asItStands ? 'signature-fits' : 'signature-fits-repaired-key');
  const signed = signedHash(key, signature);
  if (signed) return yield await misuse(signed, input);
  const salt = await pssSalt(key, signature, bytes);
  if (salt !== undefined) yield finding('other-padding', salt);
  // CryptSignHash of Windows returns the bytes in reverse order.
  else if (await verifies(key, signature.toReversed(), bytes))
    yield finding('signature-encoded', 'backwards, its last byte first', expected, true);
  else yield finding('other-pair');
}

/** Java's BigInteger writes a zero before a number whose first bit is set; programs that print add a line break. */
function oneByteMore(signature: Uint8Array<ArrayBuffer>): [Uint8Array<ArrayBuffer>, string?] {
  if (signature[0] === 0) return [signature.slice(1), 'with a zero byte before it'];
  return signature.at(-1) === 10 ? [signature.slice(0, -1), 'with a line break behind it'] : [signature];
}

/** Finds what was signed instead of the token's text, if the key is the right one. */
async function misuse({ hash, digest }: SignedHash, input: string): Promise<Finding> {
  if (hash && hash !== 'SHA-256') return finding('other-hash', hash);
  const right = await sha256(input);
  for (const once of [right, toHex(right)])
    if (digest === toHex(await sha256(once))) return finding('hashed-twice');
  // PHP's hash() returns hexadecimal text, which openssl_private_encrypt then wraps.
  const digests = [toHex(right), toHex(new TextEncoder().encode(toHex(right)))];
  if (!hash) return finding(digests.includes(digest) ? 'digest-alone' : 'signed-otherwise');
  for (const [text, what] of otherTexts(input))
    if (digest === toHex(await sha256(text))) return finding('other-text-signed', what);
  const payload = input.replace(/.*\./, '');
  const parts = [payload, ...(/[^\w-]/.test(payload) ? [] : [fromBase64(payload)])];
  for (const part of parts) if (digest === toHex(await sha256(part))) return finding('payload-alone');
  return finding('token-altered');
}

/** Returns texts that sites have signed by mistake instead of the text before the signature. */
function otherTexts(input: string): [text: string | Uint8Array<ArrayBuffer>, what: string][] {
  const parts = input.split('.');
  const [header, payload] = parts.map((part) =>
    /[^\w-]/.test(part) ? '' : new TextDecoder().decode(fromBase64(part)),
  );
  return [
    [`${input}\n`, 'with a line break behind it, as `echo` writes one'],
    [`${input}\r\n`, 'with a line break behind it'],
    [parts.join(''), 'without the dot between header and payload'],
    [`${header}.${payload}`, 'the JSON of header and payload, before it was encoded'],
    [`${header}${payload}`, 'the JSON of header and payload, before it was encoded'],
    [`${input}.`, 'with a dot behind it'],
    [
      parts.map(withPadding).join('.'),
      'header and payload in plain base64, before they were written as base64url',
    ],
    [parts.map(plain).join('.'), 'header and payload in plain base64, before they were written as base64url'],
    [
      new Uint8Array(Uint16Array.from(input, (character) => character.charCodeAt(0)).buffer),
      'the same in UTF-16',
    ],
  ];
}

const plain = (part: string) => part.replace(/-/g, '+').replace(/_/g, '/');
const withPadding = (part: string) => plain(part) + '='.repeat((4 - (part.length % 4)) % 4);

async function sha256(content: string | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** Browsers hide Web Crypto from pages over plain http, and engines limit the size of a key. */
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
  { spki }: PastedKey,
  signature: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const key = await crypto.subtle.importKey('spki', spki, RS256, false, ['verify']);
  return crypto.subtle.verify(RS256, key, signature, bytes);
}
