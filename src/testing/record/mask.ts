/**
 * Removes tokens from text that goes into a report.
 *
 * @module
 */
import { readToken } from '../../contract/read-token.js';
import { tokenStart } from '../../contract/token-shape.js';

/** The other beginnings also occur within words, such as "keyAgreement". */
const beginning = `(?:eyJ|(?<=^|[^\\w-]|\\\\[nrt])${tokenStart})`;
/** Matches everything that begins like a compact token, complete or cut off, and other texts of three such parts. */
const tokenLike = new RegExp(
  `${beginning}[\\w-]{8,}(?:\\.[\\w-]*)*|(?<![\\w-])[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{16,}`,
  'g',
);
const isStart = new RegExp(`^${tokenStart}`);

/** Replaces every token with its claims, and text that only begins like a token with a note. */
export function maskTokens(text: string): string {
  return text.replace(tokenLike, (match) => {
    // A letter may stand before it, as the n of an escaped line break does.
    for (const start of [0, 1, Math.max(match.indexOf('eyJ'), 0)]) {
      const read = readToken(match.slice(start));
      if (read) return `${match.slice(0, start)}(token with the claims ${JSON.stringify(read.payload)})`;
    }
    return isStart.test(match) ? '(part of a token, or a damaged one)' : match;
  });
}

const secretHeader = /cookie|authorization|token|csrf|xsrf|secret|api-?key/i;

/** Returns a header's value as a report may show it. */
export function maskHeader(name: string, value: string): string {
  return secretHeader.test(name) ? '(hidden)' : maskTokens(value);
}
