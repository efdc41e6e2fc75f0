/**
 * Dispatches the events `live-assist-bridge:…` on `window`.
 *
 * @module
 */

export function announce(name: 'error' | 'answer', detail: object): void {
  try {
    window.dispatchEvent(new CustomEvent(`live-assist-bridge:${name}`, { detail }));
  } catch {
    // On a server, or on a page with a function dispatchEvent or CustomEvent of its own.
  }
}
