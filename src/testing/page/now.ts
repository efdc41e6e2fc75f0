/**
 * Reads the page's clock.
 *
 * @module
 */

/** Milliseconds since an arbitrary moment. Some pages have replaced `performance`. */
export const pageNow = (): number =>
  typeof globalThis.performance?.now === 'function' ? performance.now() : Date.now();
