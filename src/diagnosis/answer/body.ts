/**
 * Explains what a body contains: a token, or the defect for which the bridge refuses it.
 *
 * @module
 */
import { entraCodeIn } from '../../contract/entra-codes.js';
import { type AnswerReading, readAnswer } from '../../contract/read-answer.js';
import { conclude } from '../findings/conclude.js';
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import { isUnfilled } from '../unfilled-value.js';
import { entraRefused } from './entra-refused.js';
import { isXml } from './is-xml.js';
import { findTokenInJson, parse, valueAt } from './json-body.js';
import { pageFinding } from './own-page.js';

const PLAIN = /^(text\/plain|application\/(jwt|jose|octet-stream))$/;
const JSON_TYPE = /^(application|text)\/(json|[\w.-]+\+json)$/;

/** Returns the token in the body of a 200 answer, and yields what the bridge would refuse or ignore. */
export function* findTokenInBody(
  body: string,
  contentType: string,
  tokenField: string,
): Generator<Finding, string | undefined> {
  const text = body.trim();
  const mark = /^\s*\ufeff|^\u00a0/.exec(body);
  if (mark && text)
    yield finding('byte-order-mark', mark[0].includes('\ufeff') ? 'a byte order mark' : 'a no-break space');
  const read = readAnswer(text, tokenField);
  const isTypedXml = read.word === 'html-page' && /^(application|text)\/xml$/.test(contentType);
  const reading: AnswerReading = isTypedXml ? { word: 'xml-answer' } : read;
  const instead = insteadOfToken(text, reading, tokenField);
  if (instead) return yield* conclude(instead);
  const isJson = /^[{["]/.test(text);
  if (['html-page', 'xml-answer', 'empty-answer'].includes(reading.word)) {
    // For these bodies, the Content-Type is not the fault to name.
  } else if (!JSON_TYPE.test(contentType) && !PLAIN.test(contentType)) {
    yield finding('content-type', contentType ? quote(contentType) : 'missing');
  } else if (JSON_TYPE.test(contentType) && !isJson && reading.word === 'token') {
    yield finding('content-type', `${quote(contentType)}, but the body is not JSON`);
  }
  return yield* explainReading(reading, text, tokenField);
}

/** Yields the findings for the bridge's word for a body, and returns the token if one can be found. */
export function* explainReading(
  { word, token }: AnswerReading,
  text: string,
  tokenField: string,
  { depth = 0, isPasted = false } = {},
): Generator<Finding, string | undefined> {
  const entra = word === 'token' ? undefined : entraCodeIn(text);
  if (entra) return yield* conclude(entraRefused(entra));
  switch (word) {
    case 'token':
      return token;
    case 'html-page':
      return yield* conclude(isXml(text) ? finding('xml-answer', false) : pageFinding(text));
    case 'xml-answer':
      return yield* conclude(
        finding(word, /<ArrayOf|xmlns:i=|schemas\.(microsoft|datacontract)|tempuri/i.test(text)),
      );
    case 'text-before-json':
      yield finding(word, phpWarning(text), isPasted);
      return yield* inner(text, tokenField, depth);
    case 'text-after-json':
    case 'xssi-prefix':
    case 'jsonp':
      yield finding(word);
      return yield* inner(text, tokenField, depth);
    case 'json-in-json': {
      yield finding(word);
      const value = parse(text);
      const held = typeof value === 'string' ? value : valueAt(value, tokenField);
      return typeof held === 'string' ? yield* inner(held, tokenField, depth) : undefined;
    }
    case 'token-field-missing':
    case 'token-not-text':
      return yield* findTokenInJson(parse(text), tokenField);
    case 'signature-length':
    case 'token-quoted-in-answer':
    case 'bearer-prefix':
    case 'text-around-token':
    case 'not-a-token': {
      // The token reader describes these in more detail.
      const value = /^["{]/.test(text) ? parse(text) : text;
      const held = typeof value === 'string' ? value : valueAt(value, tokenField);
      return typeof held === 'string' ? held : text;
    }
    case 'json-broken':
      return yield* conclude(finding(word, isPasted));
    default:
      return yield* conclude(finding(word === 'endpoint-failed' ? 'errors-in-json' : word));
  }
}

/** Recognises what a program that fails or does not run leaves in place of an answer. */
function insteadOfToken(text: string, { word }: AnswerReading, tokenField: string): Finding | undefined {
  if (word === 'token') return undefined;
  if (/^<(\?php|%@)|^<\?=/.test(text))
    return finding('source-code', text.startsWith('<%') ? 'ASP.NET or JSP' : 'PHP');
  const value = valueAt(parse(text), tokenField) ?? text;
  if (word === 'empty-answer') return text ? finding('value-missing', 'an empty text') : undefined;
  if (typeof value === 'string' && value.length < 200 && isUnfilled(value))
    return finding('value-missing', quote(value, 40));
  if (!['not-a-token', 'html-page', 'text-around-token'].includes(word)) return undefined;
  const php = word === 'text-around-token' ? undefined : phpWarning(text);
  if (php && /\bon line\b|\bin \S+:\d+|Stack trace|Uncaught/.test(text)) return finding('php-failed', php);
  if (/^(0|-1)$/.test(text)) return finding('action-not-registered', 200);
  return undefined;
}

/** Reads the JSON inside other text. */
function* inner(text: string, tokenField: string, depth: number): Generator<Finding, string | undefined> {
  const start = text.search(/\{\s*"/);
  const json = start < 0 ? /"[^"]*"/.exec(text)?.[0] : text.slice(start, text.lastIndexOf('}') + 1);
  if (!json || depth > 2) return undefined;
  return yield* explainReading(readAnswer(json, tokenField), json, tokenField, { depth: depth + 1 });
}

/** Returns the kind of message that PHP printed before the answer. */
export function phpWarning(text: string): string | undefined {
  return /\b(Deprecated|Notice|Warning|Fatal error|Parse error)(<\/b>)?:/.exec(text.slice(0, 2000))?.[1];
}
