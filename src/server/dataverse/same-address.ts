/** Compares e-mail addresses more strictly than databases do. */

/**
 * Whether two addresses are the same but for upper and lower case of A to Z.
 *
 * Databases fold accents and more. Folding beyond ASCII, or normalising Unicode, makes one address of two: the Kelvin
 * sign becomes k, and whoever registers the one would be taken for the owner of the other.
 */
export function isSameAddress(one: unknown, other: string): boolean {
  return typeof one === 'string' && fold(one) === fold(other);
}

const fold = (address: string) => address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
