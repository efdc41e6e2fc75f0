/**
 * Quotes a word of the command line in a message, unless it may be a secret, which must not get into a log.
 *
 * @module
 */
import { tokenStart } from '../../contract/token-shape.js';
import { showInvisible } from '../../diagnosis/show-invisible.js';

/** Matches the start of a token's part, a run of token characters longer than any name, or a cookie. */
const SECRET = new RegExp(`^[@-]*(eyJ|${tokenStart}[\\w-]{16})|[\\w-]{60}|=`);

/**
 * Returns the word in quotation marks, or `otherwise` if it is long or looks like a token, a part of one, or a cookie.
 */
export function shownName(word: string, otherwise: string): string {
  return word.length <= 200 && !looksSecret(word) ? `"${showInvisible(word)}"` : otherwise;
}

export function looksSecret(word: string): boolean {
  return SECRET.test(word);
}
