/**
 * Makes values that do not repeat.
 *
 * @module
 */

/** Returns random digits, or the current time if the page has replaced `crypto`. */
export function random(): string {
  try {
    return crypto.getRandomValues(new Uint32Array(2)).join('');
  } catch {
    return `${Date.now()}`;
  }
}
