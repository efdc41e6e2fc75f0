/**
 * Identifies the current visitor, so that nobody receives a token that was requested for somebody else.
 *
 * @module
 */
import { readStamp } from './page/stamp.js';
import type { Settings } from './resolve-options.js';

type Visitor = Settings['visitor'];

/** Begins an identity that cannot be told from the next visitor's: `visitor` is given but returns no usable id. */
const neverKept = '?';

/**
 * Identifies the current visitor; `''` is nobody. A token requested under another identity may belong to someone else.
 *
 * @param dropped How often this page has forgotten its token.
 */
export function identify(visitor: Visitor, dropped: number): string {
  const known = read(visitor);
  if (known === null || known === '') return '';
  const name = nameIn(known);
  const isTold = !visitor || name !== undefined || (known === true && visitor.isPrinted);
  return `${isTold ? '' : neverKept}|${name}|${dropped}|${readStamp()}`;
}

/** Whether a token for this identity may be handed over again. */
export const mayKeep = (identity: string): boolean => !identity.startsWith(neverKept);

/**
 * Returns the id of a named visitor. Other values, such as the promise of an async function, cannot tell visitors
 * apart.
 */
export const nameOf = (visitor: Visitor): string | undefined => nameIn(read(visitor));

const nameIn = (known: unknown): string | undefined =>
  typeof known === 'string' || typeof known === 'number' ? String(known) : undefined;

/**
 * The pathname for which a token is valid, if that matters: a router may replace the page without updating the tag's
 * attribute.
 */
export const pathOf = (visitor: Visitor): string => (visitor?.isPrinted ? location.pathname : '');

/** What the site says about the visitor: an id, nobody (`null` or `''`), or `true` for one unnamed visitor. */
function read(visitor: Visitor): unknown {
  try {
    return visitor?.();
  } catch {
    return undefined;
  }
}
