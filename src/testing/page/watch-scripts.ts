/**
 * Records which scripts of a page failed, so that a missing method can be explained.
 *
 * @module
 */
import { keepNatives } from './natives.js';

export interface FailedScript {
  url: string;
  why: 'csp' | 'error';
}

/** What has gone wrong on a page since `watchScripts` ran there. */
export interface SeenFailures {
  scripts: FailedScript[];
  /** Addresses to which the policy forbade requests. */
  forbidden: string[];
  /** Uncaught exceptions, as text without Chromium's "Uncaught", and the scripts that threw them. */
  thrown: { message: string; url: string }[];
}

const key: unique symbol = Symbol.for('live-assist-engagement:failures');

/** Returns the failures on this page, or an empty record if `watchScripts` did not run here. */
export function seenFailures(): SeenFailures {
  return (globalThis as { [key]?: SeenFailures })[key] ?? { scripts: [], forbidden: [], thrown: [] };
}

/** Listens from now on, without changing the page. Runs before the page's own scripts. A second call does nothing. */
export function watchScripts(): void {
  keepNatives();
  if (typeof document === 'undefined' || Reflect.has(globalThis, key)) return;
  const seen: SeenFailures = { scripts: [], forbidden: [], thrown: [] };
  Object.defineProperty(globalThis, key, { value: seen });
  globalThis.addEventListener(
    'error',
    (event) => {
      const { target } = event;
      if (target instanceof HTMLScriptElement) seen.scripts.push({ url: target.src, why: 'error' });
      else if (event instanceof ErrorEvent && seen.thrown.length < 20)
        seen.thrown.push({ message: event.message.replace(/^Uncaught /, ''), url: event.filename });
    },
    true,
  );
  globalThis.addEventListener('unhandledrejection', ({ reason }) => {
    // The error of a failed import() names the file.
    if (reason instanceof Error && seen.thrown.length < 20)
      seen.thrown.push({ message: String(reason), url: '' });
  });
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, disposition }) => {
    if (disposition !== 'enforce') return;
    if (/^script-src/.test(effectiveDirective)) seen.scripts.push({ url: blockedURI, why: 'csp' });
    if (effectiveDirective === 'connect-src') seen.forbidden.push(blockedURI.replace(/[?#].*/, ''));
  });
}
