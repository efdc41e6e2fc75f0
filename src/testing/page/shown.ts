/**
 * Turns a value into text that a message may quote.
 *
 * @module
 */

/** At most 300 characters, without tokens: a refusal may quote what it refused. */
export function shown(value: unknown): string {
  try {
    const isText = typeof value !== 'object' || value === null || value instanceof Error;
    const text = (isText ? undefined : JSON.stringify(value)) ?? String(value);
    return withoutTokens(text).slice(0, 300);
  } catch {
    return 'something without a text form';
  }
}

/** Replaces everything that has the form of a token. */
export function withoutTokens(text: string): string {
  return text.replace(/[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, '(a token)');
}
