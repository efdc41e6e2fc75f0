/**
 * Refuses misspelt options. If one were ignored, the default would apply although the site believes that it set a
 * value.
 *
 * @module
 */

/**
 * @param known An object with one entry for every option.
 * @throws TypeError naming the unknown option and the known ones.
 */
export function requireKnownOptions(
  caller: string,
  options: unknown,
  known: Readonly<Record<string, unknown>>,
): void {
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
