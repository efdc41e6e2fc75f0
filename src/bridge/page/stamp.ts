/**
 * Tells the site's other tabs that the visitor may have changed: a random stamp in localStorage, never a token.
 *
 * @module
 */
import { hash } from '../hash.js';
import { random } from './random.js';

const key = 'live-assist-bridge';

/** This page's copy of the stamp, which reaches the page's own bridges even if storage is full or blocked. */
let here = '';

/** The current stamp. A token requested under another stamp may belong to another visitor. */
export const readStamp = (): string => `${here}|${stored()}`;

/**
 * Makes every tab of the site forget its token before its next hand-over. If storage throws, other tabs do not notice.
 */
export function renewStamp(prefix = ''): void {
  here = prefix + random();
  try {
    localStorage.setItem(key, here);
  } catch {
    try {
      // Storage is full. A missing stamp differs from the old one, too.
      localStorage.removeItem(key);
    } catch {}
  }
}

/** Renews the stamp if the previous page was printed for another visitor. Stores a hash, not the id. */
export function stampVisitor(visitor: string): void {
  const prefix = `${hash(visitor)}:`;
  if (!stored().startsWith(prefix)) renewStamp(prefix);
}

/** Always text, although a page may have replaced `getItem` by a function that returns something else. */
function stored(): string {
  try {
    return `${localStorage.getItem(key)}`;
  } catch {
    return '';
  }
}
