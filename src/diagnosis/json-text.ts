/**
 * Writes a value of any depth as JSON.
 *
 * @module
 */

/** Returns the value as JSON, or a phrase if it is nested too deeply. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    return '(nested too deeply to be shown)';
  }
}
