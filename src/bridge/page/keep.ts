/**
 * Keeps something on the page that other scripts may remove.
 *
 * @module
 */
import { root } from './native.js';
import { warn } from './warn.js';

/**
 * Calls `put` now, and whenever a script or the page has loaded. `put` adds what is missing. If it throws, one warning says
 * so and begins with `fact`, and `put` is not called again.
 *
 * Returns a function that stops this.
 */
export function keep(fact: string, put: () => void): () => void {
  const check = () => {
    try {
      put();
    } catch (error) {
      warn(fact + (error as Error).message);
      listen(root.removeEventListener);
    }
  };
  const listen = (change: typeof addEventListener) => {
    try {
      // The load events of scripts reach the document, but not the window.
      change.call(document, 'load', check, true);
      for (const event of ['DOMContentLoaded', 'load', 'pageshow']) change(event, check);
    } catch {
      // The page has replaced addEventListener.
    }
  };
  listen(root.addEventListener);
  check();
  return () => listen(root.removeEventListener);
}
