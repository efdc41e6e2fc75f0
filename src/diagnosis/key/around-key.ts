/**
 * Finds what stands around a key, other than its BEGIN and END lines.
 *
 * @module
 */

import type { ReadKey } from '../../key/read/found-key.js';
import { betweenStrings } from '../../key/read/plain-text.js';

/**
 * Whether the whole key stands in the text with more around it than quotation marks and hyphens: the mark of a console, or
 * the strings of source code.
 */
export function isAmongOtherText(text: string, { base64, whole, spki }: ReadKey): boolean {
  if (!whole || !spki || !base64) return false;
  const [before, after] = text.split(base64);
  if (after === undefined) return text.search(betweenStrings) > 0;
  const rest = `${before}${after}`.replace(/[\s"'`,;=-]/g, '');
  return rest.length > 0 && /^[>$#<:|()[\]{}]+$/.test(rest);
}

/** Returns where a key that is cut begins, behind other lines. */
export function proseBefore(text: string, { whole, spki }: ReadKey): number {
  const start = whole && spki ? -1 : text.search(/-{3,}[ \t]?BEGIN [A-Z ]*PUBLIC KEY/);
  return start > 0 && /[A-Za-z]/.test(text.slice(0, start)) ? start : 0;
}
