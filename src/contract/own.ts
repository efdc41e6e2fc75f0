/**
 * Reads an object's own properties, and ignores inherited ones.
 *
 * @module
 */

/**
 * Returns the own property `key` of `value`, or `undefined`.
 *
 * Scripts such as old versions of MooTools add names to `Object.prototype`. Without this check, every answer or options
 * object would seem to have a `token`, an `error` or `headers`.
 */
export function own(value: unknown, key: string): unknown {
  return Object.hasOwn(Object(value), key) ? Object(value)[key] : undefined;
}
