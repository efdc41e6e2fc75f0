/**
 * Finds the token in HTML or Markdown that shows nothing else.
 *
 * @module
 */
import { readAnswer } from '../../contract/read-answer.js';
import { fitsRsaKey, tokenShape } from '../../contract/token-shape.js';

const TOKENS = new RegExp(`(?<![\\w.-])${tokenShape}`, 'g');

/** Returns the only complete token in a text, or `undefined`. */
export function onlyTokenIn(text: string): string | undefined {
  const found = new Set(text.match(TOKENS) ?? []);
  const [token] = found;
  return token && found.size === 1 && fitsRsaKey(token.split('.')[2] ?? '') ? token : undefined;
}

/**
 * Returns the token in a piece of HTML, in a page that shows the answer of an endpoint (as browsers save it), or behind a
 * link of Markdown. Returns `undefined` for a page with other contents, even if a token is in it.
 */
export function tokenInMarkup(text: string, tokenField: string): string | undefined {
  if (/^\[[^\]"'{]{0,200}\]\(/.test(text)) return onlyTokenIn(text);
  if (!text.startsWith('<') || /^<(\?|[^>]{0,200} xmlns)/.test(text)) return undefined;
  if (!/<(!doctype|html|head|body|script)\b/i.test(text)) return onlyTokenIn(text);
  const shown = text
    .replace(/<(head|style|title)\b[^<>]{0,500}>[^<]{0,5000}<\/\1>/gi, '')
    .replace(/<[^<>]{0,500}>/g, '')
    .trim();
  return readAnswer(shown, tokenField).token;
}
