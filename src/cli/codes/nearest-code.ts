/**
 * Finds the code that is probably meant by a misspelt one.
 *
 * @module
 */
import { nearest } from '../../contract/nearest.js';
import { knownCodes } from './explain-code.js';

/** The notations of codes: words with hyphens, numbers, codes of Dataverse, and numbers of Entra. */
const notations = [/^[a-z]+(-[a-z\d]+)+$/i, /^\d{1,6}$/, /^0x[\da-f]{1,8}$/i, /^AADSTS\d{1,8}$/i];

/** The longest code is shorter. Longer words are names of files, or secrets. */
const longest = 32;

/** Whether the word is written like a code. */
export const looksLikeCode = (word: string): boolean =>
  word.length <= longest && notations.some((notation) => notation.test(word));

/** The known code of the same notation that is written almost like the word, or `undefined`. */
export function nearestCode(word: string): string | undefined {
  const notation = notations.slice(1).find((notation) => notation.test(word));
  if (notation)
    return nearest(
      word,
      knownCodes.filter((code) => notation.test(code)),
    );
  if (word.length > longest) return undefined;
  const meant = nearest(
    word,
    knownCodes.filter((code) => !/\d{2}/.test(code)),
  );
  // A short word alone is contained in many codes, and is rather the name of a file.
  const isAlmost = meant !== undefined && word.length > 5 && Math.abs(meant.length - word.length) <= 2;
  return isAlmost || word.includes('-') ? meant : undefined;
}
