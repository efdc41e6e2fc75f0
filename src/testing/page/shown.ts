/**
 * Converts a value to text that a message may quote.
 *
 * @module
 */
import { natives } from './natives.js';

/** Returns at most 300 characters, without tokens, because a refusal may quote the refused token. */
export function shown(value: unknown): string {
  try {
    const isText = typeof value !== 'object' || value === null || value instanceof Error;
    const text = (isText ? undefined : natives().stringify(value)) ?? String(value);
    return withoutTokens(text.slice(0, 10_000)).slice(0, 300);
  } catch {
    return 'a value that cannot be shown as text';
  }
}

/** Replaces everything that has the form of a token, or begins like a JWT. */
export function withoutTokens(text: string): string {
  // Tries each run of letters once: a text may be long. Some browsers do not know lookbehind.
  return text.replace(
    /(^|[^\w-])(?:[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}|eyJ[\w-]{8,}(?:\.[\w-]*)*)/g,
    '$1(a token)',
  );
}
