/**
 * Writes a value as JSON, whatever its depth.
 *
 * @module
 */

/** The value in JSON, or words for one that is nested too deeply to be written. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    return '(nested too deeply to be shown)';
  }
}
