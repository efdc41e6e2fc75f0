/** Describes a JSON value for a message that must not show the value itself. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return value.trim() ? 'a text' : 'an empty text';
  return typeof value === 'object'
    ? 'an object'
    : typeof value === 'number'
      ? Number.isFinite(value)
        ? 'a number'
        : 'an infinite number'
      : 'true or false';
}
