/**
 * Writes text into a query so that it cannot be taken for anything else.
 *
 * @module
 */

/**
 * Returns `text` as an OData string: in quotes, with quotes inside it doubled (OData 4.01 URL conventions, section
 * 5.1.1.6.1). It must still be encoded for a URL.
 *
 * Returns `undefined` if it contains half a character. No URL can carry that, and nothing stored can equal it.
 */
export function odataText(text: string): string | undefined {
  return /\p{Surrogate}/u.test(text) ? undefined : `'${text.replaceAll("'", "''")}'`;
}
