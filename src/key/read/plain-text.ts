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

const INVISIBLE = new RegExp(`[${invisible}]`, 'g');
const DASHES = new RegExp(`[${dashes}]`, 'g');

/**
 * Returns the text with ordinary line breaks and hyphens, and without invisible characters.
 *
 * UTF-16 that was read as UTF-8 has a NUL beside every character, and its byte order mark became U+FFFD.
 */
export function plainText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(/^\ufffd+/, '')
    .replace(DASHES, '-')
    .replace(/\\+([rnt])?/g, (_, letter?: string) => (letter ? (letter === 't' ? ' ' : '\n') : '\\'));
}

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
const NOISE = new RegExp(`[\\s\\\\${quotationMarks}]`, 'g');
