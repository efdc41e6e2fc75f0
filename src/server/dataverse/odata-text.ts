/**
 * Quotes text for a query, so that no part of it is read as query syntax.
 *
 * @module
 */

/**
 * Returns `text` as an OData string: in quotes, with quotes inside it doubled (OData 4.01 URL conventions, section
 * 5.1.1.6.1). It must still be encoded for a URL.
 *
 * Returns `undefined` if the text contains half a surrogate pair. A URL cannot contain one, and no stored text equals
 * it.
 */
export function odataText(text: string): string | undefined {
  return /\p{Surrogate}/u.test(text) ? undefined : `'${text.replaceAll("'", "''")}'`;
}
