/**
 * Classifies the body of a token endpoint's successful answer.
 *
 * @module
 */
import { own } from './own.js';
import { readToken } from './read-token.js';
import { type Refusal, refusalIn } from './refusal.js';
import { fitsRsaKey, tokenShape } from './token-shape.js';

/** What the body is instead of a token. `diagnose` explains each word. */
export type AnswerDefect =
  | 'empty-answer'
  | 'html-page'
  | 'xml-answer'
  | 'json-broken'
  /** Usually a PHP warning. */
  | 'text-before-json'
  /** Usually the `0` of WordPress' admin-ajax.php. */
  | 'text-after-json'
  | 'xssi-prefix'
  | 'jsonp'
  | 'list-answer'
  | 'json-in-json'
  | 'token-quoted-in-answer'
  | 'token-field-missing'
  | 'token-not-text'
  | 'bearer-prefix'
  | 'text-around-token'
  | 'signature-length'
  | 'not-a-token';

export interface AnswerReading {
  /** `endpoint-failed`: the JSON reports errors that are not about the visitor's authorisation. */
  word: 'token' | Refusal | 'endpoint-failed' | AnswerDefect;
  /** The compact token, if `word` is `token`. */
  token?: string;
  /** The names in the JSON object, if the token's field is missing or is not text. Never values. */
  names?: string[];
}

/**
 * Returns the token in `body`, or the word for what is there instead. Accepts JSON with `tokenField` (a dotted path), a
 * JSON string, or the token alone, with white space and byte order marks around it.
 *
 * Does not check the token's algorithm, claims or times.
 */
export function readAnswer(body: string, tokenField: string): AnswerReading {
  const text = body.trim();
  if (!/^["{[]/.test(text)) return readText(text);
  let value = parse(text);
  if (value === undefined) return { word: defectOf(text) };
  if (Array.isArray(value)) return { word: 'list-answer' };
  if (typeof value === 'object') {
    const refusal = refusalIn(value);
    if (refusal) return { word: refusal };
    const names = Object.keys(Object(value));
    const errors = [own(value, 'errors') ?? []].flat();
    for (const key of tokenField.split('.')) if (value !== null) value = own(value, key);
    if (typeof value !== 'string') {
      if (errors.length > 0) return { word: errors.every(isAboutSignIn) ? 'signed-out' : 'endpoint-failed' };
      if (value === null) return { word: 'signed-out' };
      return { word: value === undefined ? 'token-field-missing' : 'token-not-text', names };
    }
  }
  return readText(String(value).trim());
}

function readText(text: string): AnswerReading {
  if (!text) return { word: 'empty-answer' };
  const parts = readToken(text);
  if (parts) {
    // Signatures of other algorithms have other lengths. For such a token, the fault to name is the algorithm.
    const isWhole = parts.header.alg !== 'RS256' || fitsRsaKey(text.split('.')[2] ?? '');
    return isWhole ? { word: 'token', token: text } : { word: 'signature-length' };
  }
  // At this point, only a string inside JSON can still begin like JSON.
  if (/^"/.test(text)) return { word: 'token-quoted-in-answer' };
  if (/^[{[]/.test(text)) return { word: 'json-in-json' };
  return { word: /^bearer\s/i.test(text) ? 'bearer-prefix' : defectOf(text) };
}

/** Returns the word for a text that is neither JSON nor a token. */
function defectOf(text: string): AnswerDefect {
  if (/^(<[\s\S]{0,999})?<(!doctype html|html|head|body)\b/i.test(text)) return 'html-page';
  const start = text.search(/\{\s*"/);
  const json = start < 0 ? /^"[^"]*"/.exec(text)?.[0] : text.slice(start, text.lastIndexOf('}') + 1);
  if (json && parse(json) !== undefined) {
    const before = text.slice(0, Math.max(start, 0)).trim();
    if (!before) return 'text-after-json';
    if (/\($/.test(before)) return 'jsonp';
    return /^(\)\]\}|while|for)/.test(before) ? 'xssi-prefix' : 'text-before-json';
  }
  if (/^[\w$. /*]+\(\s*["[]/.test(text)) return 'jsonp';
  if (/^["{[]/.test(text)) return 'json-broken';
  if (/^<(\?xml|[^>]* xmlns)/.test(text)) return 'xml-answer';
  if (/^<(?!br|b>)/.test(text)) return 'html-page';
  return new RegExp(`(^|[^\\w-])${tokenShape}`).test(text) ? 'text-around-token' : 'not-a-token';
}

/** The words and numbers that GraphQL servers use if the visitor is not signed in. */
const signIn =
  /^(graphql-auth|(auth_)?(un|not[ _])auth|forbidden|access[- _]denied|(login|log in|sign in|authentication) required|please (log|sign)|(you|the current) .*(auth|log|sign))/i;

/** Words that show that a server behind the endpoint, such as the CRM, refused the endpoint itself. */
const elsewhere = /crm|dynamics|dataverse|aadsts|\b40[13]\b/i;

/**
 * Whether an error says that the visitor is not signed in. A code is certain. "Unauthorized" in a message under another
 * code is more likely a failure behind the endpoint, which must not be taken for a guest.
 */
function isAboutSignIn(error: unknown): boolean {
  const extensions = own(error, 'extensions');
  const codes = [
    own(extensions, 'code'),
    own(extensions, 'category'),
    own(extensions, 'classification'),
    own(error, 'errorType'),
  ].filter((code) => typeof code === 'string');
  const message = String(own(error, 'message'));
  if (codes.some((code) => signIn.test(code))) return true;
  const isVague = codes.length > 0 && /^(unauthori|forbidden|access)/i.test(message);
  return signIn.test(message) && !isVague && !elsewhere.test(message);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
