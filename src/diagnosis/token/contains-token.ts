/**
 * Finds tokens in other text, and tells them from host names, which may have the same shape.
 *
 * @module
 */
import { tokenShape } from '../../contract/token-shape.js';

/** Matches a whole token, or one cut off within its claims. */
const TOKEN = new RegExp(`(?<![\\w-])-{0,2}(${tokenShape}|eyJ[\\w-]{8,}\\.eyJ[\\w-]{4,})`, 'g');

/** Whether the text contains a token whose header begins like JSON: a brace, white space and a quotation mark. */
export function containsToken(text: string): boolean {
  return [...text.matchAll(TOKEN)].some(([, token = '']) => {
    const [header = ''] = token.split('.', 1);
    const start = header.slice(0, Math.min(24, header.length - (header.length % 4)));
    return /^\{\s*("[\x20-\x7e\s]*)?$/.test(atob(start.replace(/-/g, '+').replace(/_/g, '/')));
  });
}
