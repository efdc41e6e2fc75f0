/**
 * Finds the code that is probably meant by a misspelt one.
 *
 * @module
 */
import { nearest } from '../../contract/nearest.js';
import { knownCodes } from './explain-code.js';

/** Numbers, codes of Dataverse, and numbers of Entra. */
const numeric = [/^\d{1,6}$/, /^0x[\da-f]{1,8}$/i, /^AADSTS\d{1,8}$/i];
const hyphened = /^[a-z]+(-[a-z\d]+)+$/i;

/** The longest code is shorter. Longer words are names of files, or secrets. */
const longest = 32;

/** Whether the word is written like a code. */
export const looksLikeCode = (word: string): boolean =>
  word.length <= longest && [...numeric, hyphened].some((notation) => notation.test(word));

/** The known code of the same notation that is written almost like the word, or `undefined`. */
export function nearestCode(word: string): string | undefined {
  if (word.length > longest) return undefined;
  const notation = numeric.find((one) => one.test(word));
  // Codes of one origin begin with the same digit.
  const isAlike = (code: string) =>
    numeric.find((one) => one.test(code)) === notation && (!notation || code[0] === word[0]?.toUpperCase());
  const meant = nearest(word, knownCodes.filter(isAlike));
  if (meant === undefined || word.includes('-')) return meant;
  // Short words and numbers are contained in many codes.
  return word.length > 3 && Math.abs(meant.length - word.length) <= (notation ? 1 : 2) ? meant : undefined;
}
