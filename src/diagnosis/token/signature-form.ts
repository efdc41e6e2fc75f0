/**
 * Recognises signatures whose bytes were written as text or wrapped before they were encoded.
 *
 * @module
 */
import { fromBase64, toBase64url } from '../../key/base64.js';
import { BIT_STRING, OCTET_STRING, readElement } from '../../key/der.js';

export interface SignatureForm {
  words: string;
  /** The signature itself, unless bytes were lost. */
  bytes?: Uint8Array<ArrayBuffer> | undefined;
}

/** Returns the form of a signature that should have `expected` bytes, or `undefined` if it is written correctly. */
export function signatureForm(
  signature: Uint8Array<ArrayBuffer>,
  expected: number,
): SignatureForm | undefined {
  const ascii = new TextDecoder('latin1').decode(signature);
  const digits = [toBase64url(signature), ascii].find(
    (text) => text.length === 2 * expected && /^[\da-f]+$/i.test(text),
  );
  if (digits) return { words: 'in hexadecimal', bytes: fromHex(digits) };
  if (signature.length === expected) return undefined;
  if (/^[\w+/-]+={0,2}$/.test(ascii) && fromBase64(ascii).length === expected)
    return { words: 'in base64 twice', bytes: fromBase64(ascii) };
  return inDer(signature, expected) ?? asText(signature, ascii, expected);
}

function inDer(signature: Uint8Array<ArrayBuffer>, expected: number): SignatureForm | undefined {
  const element = readElement(signature, 0);
  if (element?.end !== signature.length || ![OCTET_STRING, BIT_STRING].includes(element.tag))
    return undefined;
  const bytes = signature.slice(element.tag === BIT_STRING ? element.start + 1 : element.start);
  return bytes.length === expected ? { words: 'inside a DER element', bytes } : undefined;
}

/** Recognises bytes that were treated as text: each byte from 0x80 on became two, or was replaced by U+FFFD. */
function asText(
  signature: Uint8Array<ArrayBuffer>,
  ascii: string,
  expected: number,
): SignatureForm | undefined {
  const words = 'as UTF-8 text';
  const text = new TextDecoder('utf-8').decode(signature);
  // The UTF-8 bytes of U+FFFD.
  if (ascii.split('\xef\xbf\xbd').length > expected / 8)
    return { words: `${words}, which lost some of its bytes` };
  if (signature.length <= expected || text.length !== expected || /[^\0-\xff]/.test(text)) return undefined;
  return { words, bytes: Uint8Array.from(text, (character) => character.charCodeAt(0)) };
}

function fromHex(digits: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
