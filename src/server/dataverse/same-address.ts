/**
 * Compares e-mail addresses more strictly than databases do.
 *
 * @module
 */

/**
 * Whether two addresses are equal, except for upper and lower case of A to Z.
 *
 * Databases also ignore accents and more. That makes two addresses one: the Kelvin sign becomes k, and whoever registers
 * one address would be taken for the owner of the other.
 */
export function isSameAddress(one: unknown, other: string): boolean {
  return typeof one === 'string' && fold(one) === fold(other);
}

const fold = (address: string) => address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
