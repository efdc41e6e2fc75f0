/**
 * Notices when the visitor hides or leaves the page. A visitor must do one of the two before signing in or out in
 * another tab of the same window.
 *
 * @module
 */
import { listen } from './native.js';

/**
 * Calls `onVisibilityChange` when the page becomes hidden or visible, and `onLeave` when it is left.
 *
 * Call `check` at every call to the bridge. It starts listening at the first call; before that, no token is kept and
 * nobody waits. If `document.open()` has removed all listeners, `check` calls `onVisibilityChange` and listens again, because the
 * visitor may have left unnoticed. Does nothing on a server.
 */
export function watchPage(onVisibilityChange: () => void, onLeave: () => void) {
  let listened: unknown;
  let isStopped = false;
  const change = (how: 'addEventListener' | 'removeEventListener') => {
    // Captured on window, so that it runs before the page's own listeners, which may ask for a token at once.
    listen(how, 'visibilitychange', onVisibilityChange, true);
    listen(how, 'pagehide', onLeave);
  };

  return {
    check(): void {
      if (isStopped || typeof document === 'undefined' || listened === document.documentElement) return;
      onVisibilityChange();
      change('addEventListener');
      listened = document.documentElement;
    },
    stop(): void {
      isStopped = true;
      change('removeEventListener');
    },
  };
}
