/**
 * Reports an error that the site's own code has thrown, without interrupting ours.
 *
 * @module
 */

/** Reports `thrown` like an uncaught error. jsdom has no `reportError`. */
export function raise(thrown: unknown): void {
  try {
    queueMicrotask(() => {
      if (typeof reportError !== 'function') throw thrown;
      reportError(thrown);
    });
  } catch {
    // The page has replaced queueMicrotask.
  }
}
