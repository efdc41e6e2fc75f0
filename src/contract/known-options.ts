/** Refuses misspelt options: ignored in silence, they would leave a default where the site believes its own value. */

/**
 * @param known One entry for every option there is.
 * @throws TypeError naming the option that is not known, and those that are.
 */
export function requireKnownOptions(caller: string, options: unknown, known: Record<string, true>): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(
      `${caller} was called without options. Give an object with ${Object.keys(known).join(', ')}.`,
    );
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined)
    throw new TypeError(
      `${caller} does not know the option "${unknown}". It knows ${Object.keys(known).join(', ')}.`,
    );
}
