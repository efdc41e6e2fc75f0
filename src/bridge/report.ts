/**
 * Tells the site why there was no token: through `onError` or the console, and through an event.
 *
 * @module
 */
import type { BridgeError } from './errors.js';
import { announce } from './page/announce.js';
import { raise } from './page/raise.js';
import { warn } from './page/warn.js';

const warned: string[] = [];

/** Returns the function that reports a failure once, however many callers share it. */
export function createReport(onError: ((error: BridgeError) => void) | undefined) {
  /** The latest failures. A few are enough: callers who share a failure are answered one right after another. */
  let reported: BridgeError[] = [];

  return (error: BridgeError): void => {
    const { code, message } = error;
    if (reported.includes(error) || typeof window === 'undefined') return;
    reported = [error, ...reported.slice(0, 9)];
    try {
      if (onError) onError(error);
      else if (code !== 'signed-out' && !warned.includes(code)) {
        warned.push(code);
        warn(`${message} (${code})`);
      }
    } catch (thrown) {
      raise(thrown);
    }
    announce('error', { code, message });
  };
}
