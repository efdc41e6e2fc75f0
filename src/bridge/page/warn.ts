/** Writes one line to the console, where the page has left it whole. */
export function warn(message: string): void {
  try {
    console.warn(`live-assist-bridge: ${message}`);
  } catch {}
}
