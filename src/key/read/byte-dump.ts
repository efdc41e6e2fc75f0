/**
 * Reads bytes that were written out as numbers: hexadecimal, a list of a programming language, or a dump with offsets.
 *
 * @module
 */

/** Fewer bytes than any key has. */
const LEAST = 40;

const DECIMALS = new RegExp(`-?\\d{1,3}(?:[\\s,]{1,12}-?\\d{1,3}){${LEAST},}`, 'g');
/** `0x30, 0x82` in most languages, `\x30\x82` in strings, `&H30` in Visual Basic. */
const PREFIXED = new RegExp(`(?:(?:0x|\\\\x|&H)[\\da-f]{2}(?![\\da-f])[\\s,;"'+_&]{0,12}){${LEAST},}`, 'gi');
const PAIRS = new RegExp(`(?:[\\da-f]{2}[\\s:-]{0,3}){${LEAST},}`, 'gi');
/** A line of xxd, hexdump, od, certutil and Format-Hex: an offset, the bytes, perhaps the same bytes as text. */
const LINE =
  /^\s{0,9}(?:0x)?[\da-f]{4,16}(?:[:h]|\s?-)?\s{1,9}((?:[\da-f]{2}){1,2}(?:[ -]{1,3}(?:[\da-f]{2}){1,2}){0,15})(?:\s.*|\|.*)?$/i;
/** A literal of Python or Ruby whose printable bytes stand for themselves. */
const LITERAL = /(?:\bb|^\s{0,9})(['"])((?:[^\\\n]|\\[^\n]){40,9000}?)\1/;

/** Returns everything in the text that may be the bytes of a key, the most likely first. */
export function* dumpedBytes(text: string): Generator<Uint8Array<ArrayBuffer>> {
  const digits = text
    .split(/\r\n|[\r\n]/)
    .map((line) => LINE.exec(line)?.[1])
    .filter((part) => part !== undefined)
    .map((part) => part.replace(/[ -]/g, '').slice(0, 32))
    .join('');
  if (digits.length >= 2 * LEAST) {
    yield fromHex(digits);
    // hexdump without options shows words, whose bytes are swapped on almost every machine.
    yield fromHex(digits.replace(/(..)(..)/g, '$2$1'));
  }
  for (const [list] of text.matchAll(DECIMALS))
    yield Uint8Array.from(list.match(/-?\d+/g) ?? [], (number) => Number(number) & 0xff);
  for (const [list] of text.matchAll(PREFIXED)) yield fromHex(list.replace(/0x|\\x|&H|[^\da-f]/gi, ''));
  for (const [pairs] of text.matchAll(PAIRS)) yield fromHex(pairs.replace(/[^\da-f]/gi, ''));
  const literal = LITERAL.exec(text)?.[2];
  if (literal) yield readLiteral(literal);
}

function fromHex(digits: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

const escapes: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t' },
  // Written by Ruby only.
  ...{ a: '\x07', b: '\b', v: '\v', f: '\f', e: '\x1b' },
};

function readLiteral(literal: string): Uint8Array<ArrayBuffer> {
  const characters = literal.replace(/\\(?:x([\da-f]{2})|(.))/gi, (_, hex?: string, letter = '') =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (escapes[letter] ?? letter),
  );
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
