/**
 * Notices that the visitor leaves the page. Whoever signs out or in somewhere else has left or hidden this page.
 *
 * @module
 */
import { listen } from './native.js';

/**
 * Calls `onHide` when the page becomes hidden or visible, and `onLeave` when it is left.
 *
 * Call `check` at every call. The first call is early enough: before it, nothing is kept and nobody waits. If
 * `document.open()` has removed all listeners, `check` calls `onHide` and listens again, because the visitor may have left
 * unnoticed. Does nothing on a server.
 */
export function watchPage(onHide: () => void, onLeave: () => void) {
  let listened: unknown;
  let isStopped = false;
  const change = (how: 'addEventListener' | 'removeEventListener') => {
    // On window and capturing, so before the page's own listeners, which may ask for a token at once.
    listen(how, 'visibilitychange', onHide, true);
    listen(how, 'pagehide', onLeave);
  };

  return {
    check(): void {
      if (isStopped || typeof document === 'undefined' || listened === document.documentElement) return;
      onHide();
      change('addEventListener');
      listened = document.documentElement;
    },
    stop(): void {
      isStopped = true;
      change('removeEventListener');
    },
  };
}
