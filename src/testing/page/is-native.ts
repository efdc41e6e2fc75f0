/**
 * Distinguishes the browser's own functions from functions of scripts.
 *
 * @module
 */

/**
 * Whether `value` is one of the browser's own functions, judged by its source text. A bound function of the page is
 * not.
 */
export const isNative = (value: unknown): boolean =>
  typeof value === 'function' &&
  !value.name.startsWith('bound ') &&
  /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(value));
