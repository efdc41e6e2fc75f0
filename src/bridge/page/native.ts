/**
 * Finds the browser's own classes on pages that have variables of the same names.
 *
 * @module
 */

/** The global object: `window`, which no page can replace, or `globalThis` on a server. */
export const root = typeof window === 'undefined' ? globalThis : window;

/** The class of the promises that async functions return, whatever the page calls `Promise`. */
export const NativePromise = (async () => {})().constructor as PromiseConstructor;

/** Adds or removes a listener on `window`, even if the page has replaced its own functions of these names. */
export function listen(
  change: 'addEventListener' | 'removeEventListener',
  type: string,
  listener: () => void,
  isCapturing = false,
): void {
  try {
    document[change].call(window, type, listener, isCapturing);
  } catch {
    // In vitest, `window` is not jsdom's own.
    window[change](type, listener, isCapturing);
  }
}

/**
 * Returns the browser's AbortController. If the page has replaced that class, returns a controller without a signal,
 * because `fetch` refuses any other class's signal.
 */
export function createAbort(): { signal: AbortSignal | undefined; abort(): void } {
  try {
    const controller = new AbortController();
    if (`${controller.signal}` === '[object AbortSignal]') return controller;
  } catch {}
  return { signal: undefined, abort() {} };
}
