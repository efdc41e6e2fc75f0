/**
 * Makes an error of the site's own code visible without disturbing ours.
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
    // The page has a function queueMicrotask of its own.
  }
}
