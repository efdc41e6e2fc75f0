/** The property `key` of `value` itself: there are pages that put whatever name on every object's prototype. */
export function own(value: unknown, key: string): unknown {
  const found = Object(value)[key];
  // Last: most are not there, and of a dataset to ask whose a name is takes longer than to read it.
  return found !== undefined && Object.hasOwn(Object(value), key) ? found : undefined;
}
