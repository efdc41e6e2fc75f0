/**
 * Makes values that do not repeat.
 *
 * @module
 */

/** A random text of digits. Where the page has a `crypto` of its own, the time has to do. */
export function random(): string {
  try {
    return crypto.getRandomValues(new Uint32Array(2)).join('');
  } catch {
    return `${Date.now()}`;
  }
}
