/**
 * Notices that the visitor leaves the page. Whoever signs out or in somewhere else has left or hidden this page.
 *
 * @module
 */

/**
 * Calls `onHide` when the page becomes hidden or visible, and `onLeave` when it is left.
 *
 * Call `check` at every call. The first call is early enough: before it, nothing is kept and nobody waits. If
 * `document.open()` has removed all listeners, `check` calls `onHide` and listens again, because the visitor may have left
 * unnoticed. Does nothing on a server.
 */
export function watchPage(onHide: () => void, onLeave: () => void) {
  let root: unknown;
  let isStopped = false;

  return {
    check(): void {
      if (isStopped || root === globalThis.document?.documentElement) return;
      root = document.documentElement;
      onHide();
      // On window and capturing, so before the page's own listeners, which may ask for a token at once.
      window.addEventListener('visibilitychange', onHide, true);
      window.addEventListener('pagehide', onLeave);
    },
    stop(): void {
      isStopped = true;
      window.removeEventListener('visibilitychange', onHide, true);
      window.removeEventListener('pagehide', onLeave);
    },
  };
}
