/**
 * The page's clock, which a test may drive, and which a script of the page may have broken.
 *
 * @module
 */
import { isNative } from './natives.js';

/** Milliseconds since an arbitrary moment. Some pages have replaced `performance`. */
export function pageNow(): number {
  const now: unknown = typeof globalThis.performance?.now === 'function' ? performance.now() : undefined;
  return typeof now === 'number' ? now : Date.now();
}

/**
 * Calls `done` after `milliseconds` on the page's clock. Returns a function that prevents this. Where the page's
 * `setTimeout` is broken, `done` may never be called, but is not called much too early.
 */
export function pageTimer(done: () => void, milliseconds: number): () => void {
  const begun = pageNow();
  const isReal = isNative(globalThis.performance?.now);
  try {
    // Browsers treat a longer delay as zero.
    const timer = setTimeout(
      () => {
        if (isReal && milliseconds >= 1_000 && pageNow() - begun < milliseconds / 2) return;
        done();
      },
      Math.min(milliseconds, 2 ** 31 - 1),
    );
    return () => {
      try {
        clearTimeout(timer);
      } catch {
        // Broken as well.
      }
    };
  } catch {
    return () => {};
  }
}
