/**
 * Compares e-mail addresses more strictly than databases do.
 *
 * @module
 */

/**
 * Whether two addresses are equal, except for upper and lower case of A to Z.
 *
 * Databases also ignore accents, and treat similar characters as equal: the Kelvin sign equals k. A visitor who
 * registers such an address would be taken for the owner of the other address.
 */
export function isSameAddress(one: unknown, other: string): boolean {
  return typeof one === 'string' && fold(one) === fold(other);
}

const fold = (address: string) => address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
