/** Notices that the visitor leaves the page: who signs out or becomes somebody else in another tab has left this one. */

/**
 * Calls `onHide` when the page becomes hidden or visible, `onLeave` when it goes.
 *
 * `listen` once, and `check` at every call: after `document.open()`, which takes all listeners away, nobody knows who has
 * left meanwhile; it calls `onHide` and listens anew. Does nothing where there is no page.
 */
export function watchPage(onHide: () => void, onLeave: () => void) {
  let root: unknown;
  let isStopped = false;
  const listen = () => {
    document.addEventListener('visibilitychange', onHide);
    window.addEventListener('pagehide', onLeave);
  };

  return {
    listen,
    check(): void {
      if (isStopped || root === globalThis.document?.documentElement) return;
      root = document.documentElement;
      onHide();
      listen();
    },
    stop(): void {
      isStopped = true;
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('pagehide', onLeave);
    },
  };
}
