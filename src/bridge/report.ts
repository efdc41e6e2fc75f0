/**
 * Tells the site why there was no token: through `onError` or the console, and through an event.
 *
 * @module
 */
import type { BridgeError } from './errors.js';
import { announce } from './page/announce.js';
import { raise } from './page/raise.js';
import { warn } from './page/warn.js';

/** The codes that were written to the console. Without a prototype, because a page may have extended it. */
const warned: Partial<Record<string, boolean>> = Object.create(null);

/** Returns the function that reports a failure once, however many callers share it. */
export function createReport(onError: ((error: BridgeError) => void) | undefined) {
  /** The latest failures. A few are enough: callers who share a failure are answered one right after another. */
  let reported: BridgeError[] = [];

  return (error: BridgeError): void => {
    const { code, message } = error;
    if (typeof window === 'undefined') return;
    // No methods of arrays here and below: a page may have replaced them, and the caller still waits.
    for (const other of reported) if (other === error) return;
    reported = [error, ...reported];
    reported.length = 9;
    try {
      if (onError) onError(error);
      else if (code !== 'signed-out' && !warned[code]) {
        warned[code] = true;
        warn(`${message} (${code})`);
      }
    } catch (thrown) {
      raise(thrown);
    }
    announce('error', { code, message });
  };
}
