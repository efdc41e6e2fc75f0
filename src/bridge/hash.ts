/**
 * Hashes a text, so that it can be recognised without being stored.
 *
 * @module
 */

/**
 * Two 32-bit hashes of `text`, as in cyrb53. With a single hash, ids that differ in one or two characters may collide.
 */
export function hash(text: string): string {
  let [one, two] = [1, 2];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  return `${one}.${two}`;
}
