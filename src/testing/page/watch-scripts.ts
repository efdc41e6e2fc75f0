/**
 * Remembers which scripts of a page failed, so that a missing method can be explained.
 *
 * @module
 */

export interface FailedScript {
  url: string;
  why: 'csp' | 'error';
}

/** What has gone wrong on a page since `watchScripts` ran there. */
export interface SeenFailures {
  scripts: FailedScript[];
  /** Uncaught exceptions, as text, and the scripts that threw them. */
  thrown: { message: string; url: string }[];
}

const key = Symbol.for('live-assist-engagement:failures');

/** What has been seen on this page. Empty if nobody has watched it. */
export function seenFailures(): SeenFailures {
  const seen: SeenFailures | undefined = Reflect.get(globalThis, key);
  return seen ?? { scripts: [], thrown: [] };
}

/** Listens passively from now on. Runs before the page's own scripts, and does nothing the second time. */
export function watchScripts(): void {
  if (typeof document === 'undefined' || Reflect.has(globalThis, key)) return;
  const seen: SeenFailures = { scripts: [], thrown: [] };
  Object.defineProperty(globalThis, key, { value: seen });
  globalThis.addEventListener(
    'error',
    (event) => {
      const { target } = event;
      if (target instanceof HTMLScriptElement) seen.scripts.push({ url: target.src, why: 'error' });
      else if (event instanceof ErrorEvent && seen.thrown.length < 20)
        seen.thrown.push({ message: event.message, url: event.filename });
    },
    true,
  );
  globalThis.addEventListener('unhandledrejection', ({ reason }) => {
    // A failed import() says which file it was.
    if (reason instanceof Error && seen.thrown.length < 20)
      seen.thrown.push({ message: String(reason), url: '' });
  });
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (/^script-src/.test(effectiveDirective)) seen.scripts.push({ url: blockedURI, why: 'csp' });
  });
}
