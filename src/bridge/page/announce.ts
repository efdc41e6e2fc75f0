/**
 * Dispatches the events `live-assist-bridge:…` on `window`.
 *
 * @module
 */

export function announce(name: 'error' | 'answer', detail: object): void {
  try {
    window.dispatchEvent(new CustomEvent(`live-assist-bridge:${name}`, { detail }));
  } catch {
    // This is a server, or the page has replaced dispatchEvent or CustomEvent.
  }
}
