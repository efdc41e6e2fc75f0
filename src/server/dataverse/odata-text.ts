/** Writes text so that a query cannot mistake it for anything else. */

/**
 * `text` as an OData string: in quotes, those within it doubled (OData 4.01 URL conventions, section 5.1.1.6.1). It
 * still has to be encoded for a URL.
 *
 * `undefined` for half a character, which no URL can carry and nothing stored can equal.
 */
export function odataText(text: string): string | undefined {
  return /\p{Surrogate}/u.test(text) ? undefined : `'${text.replaceAll("'", "''")}'`;
}
