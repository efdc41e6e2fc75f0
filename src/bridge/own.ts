/** The property `key` of `value` itself: there are pages that put whatever name on every object's prototype. */
export const own = (value: unknown, key: string): unknown =>
  Object.hasOwn(Object(value), key) ? Object(value)[key] : undefined;
