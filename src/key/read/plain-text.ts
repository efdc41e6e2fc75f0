/**
 * Reverses the changes that copying, environment variables and word processors make to the text of a key.
 *
 * @module
 */

/** Quotation marks of various languages, and similar characters. */
export const quotationMarks = '"\'`´‘’‚‛“”„‟«»‹›「」『』＂＇′″';

/** Hyphens, dashes and minus signs other than the ASCII one. */
export const dashes = '‐‑‒–—―−﹘﹣－';

/** Invisible characters: zero-width, soft hyphen, direction marks, byte order mark, NUL. */
export const invisible =
  '\\u0000\\u00ad\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff';

/** Elements in which mails and pages put each line. Lower case only: `<P>` is a number in an XML key. */
const TAGS = /<\/?(?:div|span|p|pre|code)(?:\s[^<>]{0,300})?>/g;

const INVISIBLE = new RegExp(`[${invisible}]`, 'g');
const DASHES = new RegExp(`[${dashes}]`, 'g');

/**
 * Returns the text with ordinary line breaks and hyphens, and without invisible characters.
 *
 * UTF-16 that was read as UTF-8 has a NUL beside every character, and its byte order mark became U+FFFD.
 */
export function plainText(text: string): string {
  return withoutLineMarks(
    withoutEscapes(text)
      .replace(/<br\s{0,3}\/?>|\\par\b/gi, '\n')
      .replace(TAGS, '\n'),
  )
    .replace(INVISIBLE, '')
    .replace(/^\ufffd+/, '')
    .replace(DASHES, '-')
    .replace(/\\+([rnt])?/g, (_, letter?: string) => (letter ? (letter === 't' ? ' ' : '\n') : '\\'));
}

/** What diff, editors and terminals write before every line: a plus sign, or the number of the line. */
function withoutLineMarks(text: string): string {
  const lines = text.split('\n');
  const written = lines.filter((line) => line.trim());
  if (written.length < 4) return text;
  if (written.every((line) => /^\s{0,40}\+/.test(line)))
    return lines.map((line) => line.replace(/^\s{0,40}\+/, '')).join('\n');
  const numbers = written.map((line) => Number(/^\s{0,20}(\d{1,5})[:.|)\s]/.exec(line)?.[1] ?? Number.NaN));
  return numbers.every((number, index) => number === (numbers[0] ?? 0) + index)
    ? lines.map((line) => line.replace(/^\s{0,20}\d{1,5}[:.|)\s]/, '')).join('\n')
    : text;
}

/**
 * Characters written as an address, HTML or JSON writes them: `%2B`, `&#43;`, `\u002B`. ASP.NET's JSON writes every
 * plus sign in the last form. A percent sign counts only if it stands for a character that keys contain.
 */
export const escapes =
  /\\{1,4}u00[2-7][\da-f]|&#(?:x0{0,2}[\da-f]{1,2}|0{0,2}\d{2,3});|&(?:quot|apos|lt|gt);/gi;
export const percentEscapes = /%(?:0[AD]|2[0-9BDF]|3[ACDE]|5[BD]|7[BD])/gi;
const named: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>' };

/** Returns the character that such an escape stands for. */
export function escapedCharacter(written: string): string {
  const name = /[a-z]{2,4}(?=;)/i.exec(written)?.[0]?.toLowerCase() ?? '';
  const decimal = /^&#(\d+)/.exec(written)?.[1];
  const code = decimal
    ? Number(decimal)
    : Number.parseInt(/[\da-f]{1,2}(?=;?$)/i.exec(written)?.[0] ?? '', 16);
  return named[name] ?? String.fromCharCode(code);
}

function withoutEscapes(text: string): string {
  const plain = text.replace(escapes, escapedCharacter);
  if (!PERCENT_ENCODED.test(plain)) return plain;
  // In a form's data a plus sign stands for a blank.
  return plain
    .replace(/\b(BEGIN|END|RSA|PRIVATE|PUBLIC)\+(?=[A-Z])/g, '$1 ')
    .replace(percentEscapes, escapedCharacter);
}

/** A single escape may be part of anything. */
const PERCENT_ENCODED = /%(?:0[AD]|2[02BDF]|3[AD]|7B)[^%]{0,500}%/i;

/** Returns the base64 characters of the text, without the characters that may stand between them in a key. */
export function base64In(text: string): string {
  return text
    .replace(BETWEEN, '')
    .replace(/^[>#|]+\s?/gm, '')
    .replace(NOISE, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/');
}

/** Strings joined with a plus or a dot in source code. */
const BETWEEN = new RegExp(`[${quotationMarks}]\\s{0,40}[+.&]\\s{0,40}(?=[${quotationMarks}])`, 'g');
/** What stands between the parts of a text that source code writes in several strings. */
export const betweenStrings = /["'`](?:\s{0,40}[+.&,_]){0,2}\s{0,40}["'`]/g;
const NOISE = new RegExp(`[\\s\\\\${quotationMarks}]`, 'g');
