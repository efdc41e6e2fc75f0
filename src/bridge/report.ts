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
  /** The latest failure of each code. One is enough: callers who share a failure are answered one right after another. */
  const reported: Partial<Record<string, BridgeError>> = Object.create(null);

  return (error: BridgeError): void => {
    const { code, message } = error;
    if (typeof window === 'undefined') return;
    // Not an array: a page may have replaced its methods and its iterator, and the caller still waits.
    if (reported[code] === error) return;
    reported[code] = error;
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
