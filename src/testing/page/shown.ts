/**
 * Converts a value to text that a message may quote.
 *
 * @module
 */

/** Returns at most 300 characters, without tokens, because a refusal may quote the refused token. */
export function shown(value: unknown): string {
  try {
    const isText = typeof value !== 'object' || value === null || value instanceof Error;
    const text = (isText ? undefined : JSON.stringify(value)) ?? String(value);
    return withoutTokens(text).slice(0, 300);
  } catch {
    return 'a value that cannot be shown as text';
  }
}

/** Replaces everything that has the form of a token. */
export function withoutTokens(text: string): string {
  return text.replace(/[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, '(a token)');
}
