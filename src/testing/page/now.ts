/**
 * Reads the page's clock.
 *
 * @module
 */

/** Milliseconds since some moment. Some pages have a variable `performance` of their own. */
export const pageNow = (): number =>
  typeof globalThis.performance?.now === 'function' ? performance.now() : Date.now();
