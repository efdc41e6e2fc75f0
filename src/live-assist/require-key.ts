/**
 * Admits only browsers that have opened an address with the key of this run, as Jupyter and VS Code's server do.
 *
 * Whoever starts the process sees that address in the terminal. Other users of the same machine reach the port, but
 * do not have the key. A cookie belongs to a host, not to a port, so this browser also sends the key to any server that
 * it opens at another port of the host.
 *
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

export interface KeyOptions {
  key: string;
  /** The only origin at which pages are shown. Browsers do not send a cookie of `127.0.0.1` to `localhost`. */
  origin: string;
  /** Name of the cookie. It contains the port, so that runs at two ports of a host do not replace each other's key. */
  cookie: string;
  /** Whether a path is answered without the key. */
  isOpen: (path: string) => boolean;
}

/**
 * Whether the stand-in answers a path without the key: pages of sites load the engagement, and `diagnose --account-url`
 * reads what an account publishes.
 */
export const isOpenToAll = (path: string): boolean => /^\/(engagement|visitor|api\/account)\//.test(path);

/** Returns the address with which a browser is admitted. */
export const withKey = (address: string, key: string): string => `${address}?key=${key}`;

/** The first visit moves the key from the address to a cookie, so that history and screenshots do not show the key. */
export function requireKey({ key, origin, cookie, isOpen }: KeyOptions): MiddlewareHandler {
  const isKey = (text = '') => timingSafeEqual(digest(text), digest(key));

  return async (c, next) => {
    if (isOpen(c.req.path)) return next();
    const isAtHome = c.req.header('host') === new URL(origin).host;
    const isAdmitted = isAtHome && isKey(getCookie(c, cookie));
    const given = c.req.method === 'GET' ? c.req.query('key') : undefined;
    if (isAdmitted && given === undefined) return next();

    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
    const address = new URL(c.req.url);
    const here = () => `${origin}${address.pathname}${address.search}`;
    if (!isAtHome) return c.redirect(here());
    if (given !== undefined && (isAdmitted || isKey(given))) {
      if (!isAdmitted) setCookie(c, cookie, key, { httpOnly: true, sameSite: 'Strict', path: '/' });
      address.searchParams.delete('key');
      return c.redirect(here());
    }
    return c.text(
      'Open the address that was printed in the terminal: it contains the key to this page.\n',
      403,
    );
  };
}

/** Digests have one length, which `timingSafeEqual` needs. */
const digest = (text: string) => createHash('sha256').update(text).digest();
