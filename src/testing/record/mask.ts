/**
 * Removes tokens from text that goes into a report.
 *
 * @module
 */
import { readToken } from '../../contract/read-token.js';
import { tokenStart } from '../../contract/token-shape.js';

/** Matches everything that begins like a compact token, complete or cut off, and other texts of three such parts. */
const tokenLike = new RegExp(
  `${tokenStart}[\\w-]{8,}(?:\\.[\\w-]*)*|[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{16,}`,
  'g',
);
const isStart = new RegExp(`^${tokenStart}`);

/** Replaces every token with its claims, and text that only begins like a token with a note. */
export function maskTokens(text: string): string {
  return text.replace(tokenLike, (match) => {
    const read = readToken(match);
    if (read) return `(token with the claims ${JSON.stringify(read.payload)})`;
    return isStart.test(match) ? '(part of a token, or a damaged one)' : match;
  });
}

const secretHeader = /cookie|authorization|token|csrf|xsrf|secret|api-?key/i;

/** Returns a header's value as a report may show it. */
export function maskHeader(name: string, value: string): string {
  return secretHeader.test(name) ? '(hidden)' : maskTokens(value);
}
