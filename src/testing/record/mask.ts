/**
 * Removes tokens from text that goes into a report.
 *
 * @module
 */
import { readToken } from '../../contract/read-token.js';

/** Everything that begins like a token in compact form, complete or cut, and other texts of three such parts. */
const tokenLike = /eyJ[\w-]{8,}(?:\.[\w-]*)*|[\w-]{8,}\.[\w-]{8,}\.[\w-]{16,}/g;

/** Replaces every token by its claims, and what only looks like the beginning of one by a remark. */
export function maskTokens(text: string): string {
  return text.replace(tokenLike, (match) => {
    const read = readToken(match);
    if (read) return `(token with the claims ${JSON.stringify(read.payload)})`;
    return match.startsWith('eyJ') ? '(part of a token, or a damaged one)' : match;
  });
}

const secretHeader = /cookie|authorization|token|csrf|xsrf|secret|api-?key/i;

/** A header's value as a report may show it. */
export function maskHeader(name: string, value: string): string {
  return secretHeader.test(name) ? '(hidden)' : maskTokens(value);
}
