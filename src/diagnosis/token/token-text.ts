/**
 * Extracts a token from pasted text, and says what else the text contains.
 *
 * @module
 */
import { type AnswerReading, readAnswer } from '../../contract/read-answer.js';
import { fitsRsaKey, tokenShape, tokenStart } from '../../contract/token-shape.js';
import { dashes } from '../../key/read/plain-text.js';
import { explainReading, phpWarning } from '../answer/body.js';
import { conclude } from '../findings/conclude.js';
import { type Finding, finding } from '../findings/finding.js';
import { keyInPlaceOfToken } from '../key/key-other.js';
import { quote } from '../quote.js';
import { stripQuotes } from '../strip-quotes.js';
import { onlyTokenIn, tokenInMarkup } from './token-in-markup.js';
import { otherThanToken } from './token-other.js';

/**
 * Characters that mail programs and terminals insert into long text: spaces, line breaks, byte order marks, zero-width
 * characters.
 */
const BLANK = /[\s\u00ad\u200b-\u200d\u2060\ufeff]/g;
const DASH = new RegExp(`[${dashes}]`, 'g');
const TOKEN_BEGINS = new RegExp(`^${tokenStart}`);
const WHOLE = new RegExp(`^${tokenShape}$`);
const TOKENS_WITHIN = new RegExp(`(?<![\\w.-])${tokenShape}`, 'g');

/** Returns the token in pasted text: a bare token, or a saved answer with the token in `tokenField`. */
export function* takeToken(pasted: string, tokenField: string): Generator<Finding, string | undefined> {
  const text = pasted.trim();
  const others = whatElse(text);
  if (others.length > 0) return yield* conclude(...others);
  const inMarkup = tokenInMarkup(text, tokenField);
  if (inMarkup) {
    yield finding('text-around-token', false);
    return inMarkup;
  }
  const reading = readAnswer(text, tokenField);
  if (ofTokens.has(reading.word) && !IS_JSON.test(text)) return yield* unwrapToken(text, 'token-quoted');
  const token = yield* explainReading(reading, text, tokenField, { isPasted: true });
  if (reading.word === 'json-broken') return onlyTokenIn(text);
  if (token === undefined) return undefined;
  if (reading.word === 'token') yield finding('json-text', quote(tokenField));
  return yield* unwrapToken(token, 'token-quoted-in-answer');
}

/** JSON that a server can have answered. Consoles, chats and logs put a number or a time before a text: `[1] "..."`. */
const IS_JSON = /^(?:\{|\[(?!\d[\d:./T -]{0,30}\]\s)|"[^"]*"\s*0$)/;

/** Words for a token in a wrong wrapping, which may come from the person who pasted it. */
const ofTokens = new Set<AnswerReading['word']>([
  'token',
  'token-quoted-in-answer',
  'bearer-prefix',
  'text-around-token',
  'signature-length',
  'not-a-token',
  'json-broken',
  // A prompt or another value after the token, in a console.
  'text-after-json',
]);

/** Removes what does not belong to a token, and yields findings about it. */
export function* unwrapToken(
  wrapped: string,
  quoted: 'token-quoted' | 'token-quoted-in-answer',
): Generator<Finding, string | undefined> {
  const isAnswer = quoted === 'token-quoted-in-answer';
  let text = wrapped.trim();
  const unmarked = withoutMarks(text);
  const isMarked = unmarked.length < text.length - 2 && !/=\r?\n/.test(text);
  if (isMarked) yield finding('text-around-token', isAnswer);
  text = unmarked;
  const count = countTokens(text);
  if (count > 1) return yield* conclude(finding('several-tokens', count));
  const inner = stripQuotes(text);
  if (inner !== undefined) {
    yield finding(quoted);
    text = inner.trim();
  }
  const prefix = /^(authorization\s*:\s*)?bearer\b[\s:]*/i.exec(text)?.[0];
  if (prefix) {
    yield finding('bearer-prefix');
    text = text.slice(prefix.length);
  }
  if (!TOKEN_BEGINS.test(text)) {
    const surrounded = text.match(TOKENS_WITHIN)?.[0];
    const before = text.slice(0, text.indexOf(surrounded ?? ''));
    if (surrounded && !isMarked)
      yield finding(
        'text-around-token',
        isAnswer,
        /\bon line\b/.test(before) ? phpWarning(before) : undefined,
      );
    return surrounded ?? text;
  }
  // A complete token followed by other text.
  const [head = ''] = text.split(/\s/, 1);
  if (head !== text && isWhole(head)) {
    if (!isMarked) yield finding('text-around-token', isAnswer);
    return head;
  }
  const behind = /(?<![.,;:)>\]}])[.,;:)>\]}]+$/.exec(text)?.[0] ?? '';
  const whole = text.slice(0, text.length - behind.length);
  if (behind && isWhole(whole)) {
    if (!isMarked) yield finding('text-around-token', isAnswer);
    return whole;
  }
  const withHyphens = text.replace(DASH, '-');
  if (withHyphens !== text && isWhole(withHyphens)) {
    yield finding('token-dashes');
    return withHyphens;
  }
  const first = text.search(BLANK);
  if (first >= 0) yield finding('token-blanks', text.match(BLANK)?.length ?? 1, first + 1);
  return text.replace(BLANK, '');
}

/** Removes the marks of a quoted mail, its soft line breaks, and a label before a token that is written in several lines. */
function withoutMarks(text: string): string {
  if (/^>/.test(text)) return text.replace(/^[ \t]{0,9}>[ \t]?/gm, '').trim();
  const joined = text.replace(/=\r?\n/g, '\n');
  const label =
    /^["']?[\w.-]{1,40}["']?\s{0,20}[:=]\s{0,20}(?:[|>][+-]?\s{1,20})?(?=ey[JA])/.exec(joined)?.[0] ?? '';
  const rest = joined.slice(label.length).replace(BLANK, '');
  return label && joined.includes('\n') && isWhole(rest) ? joined.slice(label.length) : joined;
}

const isWhole = (text: string) => WHOLE.test(text) && fitsRsaKey(text.split('.')[2] ?? '');

/**
 * Counts tokens that are separate, or joined without a separator. In the latter case, a fourth part begins like claims.
 */
function countTokens(text: string): number {
  const parts = text.replace(BLANK, '').split('.');
  const joined = TOKEN_BEGINS.test(parts[3] ?? '') ? Math.floor(parts.length / 2) : 1;
  return Math.max(joined, text.match(TOKENS_WITHIN)?.length ?? 0);
}

/** Returns the findings about a text that is not a token. */
function whatElse(text: string): Finding[] {
  if (!text) return [finding('token-missing')];
  const key = keyInPlaceOfToken(text);
  if (key?.kind === 'private') return [finding('private-key', key.form), finding('token-is-key')];
  if (/^https?:\/\//i.test(text))
    return [finding('token-is-address', new RegExp(`[^\\w-]${tokenShape}`).test(text))];
  if (key) return [finding('token-is-key')];
  const other = otherThanToken(text);
  return other ? [other] : [];
}
