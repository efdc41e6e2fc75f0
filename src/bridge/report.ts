/** Tells the site why there was no token: `onError` or the console, and an event. */
import type { BridgeError } from './errors.js';
import { warn } from './page/warn.js';

const warned = new Set<string>();

/** Makes the function that reports a failure once, however many callers it had. */
export function createReport(onError: ((error: BridgeError) => void) | undefined) {
  const reported = new WeakSet<BridgeError>();

  return (error: BridgeError): void => {
    const { code, message } = error;
    if (reported.has(error) || typeof window === 'undefined') return;
    reported.add(error);
    try {
      if (onError) onError(error);
      else if (code !== 'signed-out' && !warned.has(code)) {
        warned.add(code);
        warn(`${message} (${code})`);
      }
    } catch (thrown) {
      queueMicrotask(() => reportError(thrown));
    }
    try {
      window.dispatchEvent(new CustomEvent('live-assist-bridge:error', { detail: { code, message } }));
    } catch {
      // A page may have a function dispatchEvent of its own, and that is window's then.
    }
  };
}
