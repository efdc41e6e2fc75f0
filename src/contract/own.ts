/**
 * Reads properties without their prototype.
 *
 * @module
 */

/**
 * The own property `key` of `value`, or `undefined`.
 *
 * Scripts such as old versions of MooTools add names to `Object.prototype`. Without this check, an answer or an option
 * seems to have a `token`, an `error` or a `headers` of its own.
 */
export function own(value: unknown, key: string): unknown {
  return Object.hasOwn(Object(value), key) ? Object(value)[key] : undefined;
}
