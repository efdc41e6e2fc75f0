/**
 * Finds where the text of an RSA public key lost, gained or changed characters, as far as its structure shows.
 *
 * @module
 */

import { toBase64 } from '../../key/base64.js';
import { INTEGER, SEQUENCE, writeElement } from '../../key/der.js';
import { wrapPkcs1 } from '../../key/rsa-key.js';
import { type Finding, finding } from '../findings/finding.js';

/** Returns what all keys of that size have in common: everything but the modulus, because the exponent is 65537. */
function shapeOf(bits: number) {
  const modulus = new Uint8Array(bits / 8 + 1).fill(0xff, 1);
  const exponent = Uint8Array.of(1, 0, 1);
  const spki = wrapPkcs1(
    writeElement(SEQUENCE, writeElement(INTEGER, modulus), writeElement(INTEGER, exponent)),
  );
  const whole = toBase64(spki);
  const digits = whole.replace(/=+$/, '');
  const [headBits, tailBits] = [(spki.length - 5 - bits / 8) * 8, 5 * 8];
  return {
    bits,
    length: digits.length,
    head: digits.slice(0, Math.floor(headBits / 6)),
    tail: digits.slice(Math.ceil((spki.length * 8 - tailBits) / 6)),
  };
}

const SHAPES = [1024, 2048, 3072, 4096].map(shapeOf);
type Shape = ReturnType<typeof shapeOf>;

/**
 * Returns what is wrong with a text that should be a key in base64, or undefined if it does not resemble an RSA public
 * key.
 */
export function damageOf(base64: string): Finding | undefined {
  const text = base64.replace(/=+$/, '');
  const shape = nearestShape(text);
  if (!shape) return undefined;
  const { bits, length } = shape;
  const place = placeOf(text, shape);
  if (text.length === length) return finding('key-damaged', place && `, ${place}`);
  const somewhere =
    place || `somewhere between character ${shape.head.length} and the last ${shape.tail.length}`;
  if (text.length > length) {
    const twice = text === text.slice(0, length).repeat(2);
    const isOther = text.slice(length, length + 40).includes(shape.head.slice(8, 26));
    const where = twice
      ? ': it was pasted twice'
      : isOther
        ? ': another key follows behind it'
        : `, the first ${somewhere}`;
    return finding('key-characters-extra', text.length - length, bits, length, where);
  }
  const missing = length - text.length;
  const line = missing === 64 ? ', as many as a line of a PEM file has' : '';
  return finding('key-characters-missing', missing, bits, length, `${line}; lost ${somewhere}`);
}

/** Returns the key size that the text resembles most, if it resembles any. */
function nearestShape(text: string): Shape | undefined {
  const far = ({ head, length }: Shape) =>
    [-commonStart(text, head), Math.abs(text.length - length)] as const;
  const [shape] = SHAPES.toSorted((a, b) => far(a)[0] - far(b)[0] || far(a)[1] - far(b)[1]);
  const marked = (text: string, { head, tail }: Shape) =>
    commonStart(text, head) >= 12 || text.includes(head.slice(8, 26)) || text.endsWith(tail);
  return shape && marked(text, shape) ? shape : undefined;
}

/** Says where the text stops looking like such a key. Empty if the place is in the modulus, which can be any text. */
function placeOf(text: string, { head, tail }: Shape): string {
  const same = commonStart(text, head);
  if (same < head.length) return `near character ${same + 1}`;
  return text.endsWith(tail) ? '' : 'at the end';
}

/** Returns the padding at the end of a complete key of this length. */
export function paddingOf(base64: string): string {
  return '='.repeat((4 - (base64.replace(/=+$/, '').length % 4)) % 4);
}

function commonStart(text: string, head: string): number {
  const differs = [...head].findIndex((character, index) => text[index] !== character);
  return differs < 0 ? head.length : differs;
}
