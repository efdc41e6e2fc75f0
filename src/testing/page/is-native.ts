/**
 * Tells the browser's own functions from those of scripts.
 *
 * @module
 */

/** Whether `value` is the browser's own function, judged by its text. A bound function of the page is not. */
export const isNative = (value: unknown): boolean =>
  typeof value === 'function' &&
  !value.name.startsWith('bound ') &&
  /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(value));
