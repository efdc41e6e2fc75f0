/** Notices that the visitor leaves the page: who signs out or becomes somebody else in another tab has left this one. */

/**
 * Calls `onHide` when the page becomes hidden or visible, `onLeave` when it goes.
 *
 * `check` is for every call, and the first one is early enough: before it nothing is kept and nobody waits. After
 * `document.open()`, which takes all listeners away, nobody knows who has left meanwhile; it calls `onHide` and listens
 * anew. Does nothing where there is no page.
 */
export function watchPage(onHide: () => void, onLeave: () => void) {
  let root: unknown;
  let isStopped = false;

  return {
    check(): void {
      if (isStopped || root === globalThis.document?.documentElement) return;
      root = document.documentElement;
      onHide();
      // Before any listener of the page's own, which may ask at once: window captures first.
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
