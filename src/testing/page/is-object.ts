/**
 * Recognises values that can have properties.
 *
 * @module
 */

/** Whether `value` is an object or a function. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';
