/**
 * Finds the token in HTML or Markdown that shows nothing else.
 *
 * @module
 */
import { readAnswer } from '../../contract/read-answer.js';
import { fitsRsaKey, tokenShape } from '../../contract/token-shape.js';
import { isXml } from '../answer/is-xml.js';

const TOKENS = new RegExp(`(?<![\\w.-])${tokenShape}`, 'g');

/** Returns the only complete token in a text, or `undefined`. */
export function onlyTokenIn(text: string): string | undefined {
  const found = new Set(text.match(TOKENS) ?? []);
  const [token] = found;
  return token && found.size === 1 && fitsRsaKey(token.split('.')[2] ?? '') ? token : undefined;
}

/**
 * Returns the token in a piece of HTML, in a saved page in which a browser shows an endpoint's answer, or after a link
 * of Markdown. Returns `undefined` for a page with other contents, even if it contains a token. Also returns
 * `undefined` for XML, and for a message of PHP before the JSON: the endpoint itself answered these.
 */
export function tokenInMarkup(text: string, tokenField: string): string | undefined {
  if (/^\[[^\]"'{]{0,200}\]\(/.test(text)) return onlyTokenIn(text);
  if (!text.startsWith('<') || /^<(\?|[^>]{0,200} xmlns)/.test(text)) return undefined;
  if (isAnswered(text, tokenField)) return undefined;
  if (!/<(!doctype|html|head|body|script)\b/i.test(text)) return onlyTokenIn(text);
  const shown = text
    .replace(/<(head|style|title)\b[^<>]{0,500}>[^<]{0,5000}<\/\1>/gi, '')
    .replace(/<[^<>]{0,500}>/g, '')
    .trim();
  return readAnswer(shown, tokenField).token;
}

/**
 * Whether an endpoint answered the text as it stands. Browsers put an answer of JSON into a `<pre>` that was not part
 * of the answer.
 */
function isAnswered(text: string, tokenField: string): boolean {
  if (/^<(br|b>)/i.test(text) || isXml(text)) return true;
  const { word } = readAnswer(text, tokenField);
  return word === 'xml-answer' || (word === 'text-before-json' && !/^<pre\b[\s\S]*<\/pre>$/i.test(text));
}
