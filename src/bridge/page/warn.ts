/**
 * Writes to the console.
 *
 * @module
 */

/** Writes one line, unless the page has broken its console. */
export function warn(message: string): void {
  try {
    console.warn(`live-assist-bridge: ${message}`);
  } catch {}
}
