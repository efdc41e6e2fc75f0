/**
 * Splits a token into its parts, and says for each part why it cannot be read (RFC 7515 section 7.1).
 *
 * @module
 */
import { readToken } from '../../contract/read-token.js';
import { tokenStart } from '../../contract/token-shape.js';
import { fromBase64, toBase64url } from '../../key/base64.js';
import { parse } from '../answer/json-body.js';
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import { otherKind } from './other-kind.js';

const TOKEN_BEGINS = new RegExp(`^${tokenStart}`);

export interface TokenParts {
  header?: Record<string, unknown> | undefined;
  payload?: Record<string, unknown> | undefined;
  /** The signed text, and the bytes of the signature; absent if the token has no readable signature. */
  signed?: { input: string; signature: Uint8Array<ArrayBuffer>; text: string } | undefined;
}

/**
 * Returns the header, claims and signature of a token, each if it can be read.
 *
 * @param isAnswer Whether the token comes straight from an endpoint, so that nobody can have copied it wrongly.
 */
export function* splitToken(token: string, isAnswer: boolean): Generator<Finding, TokenParts> {
  const kind = otherKind(token);
  if (kind) {
    yield finding('token-other-kind', kind);
    return {};
  }
  // Sentences and error messages may have two dots, too.
  if (!TOKEN_BEGINS.test(token) && /[^\w.+/=%-]/.test(token) && !/ey[JA][\w-]{8}/.test(token)) {
    yield finding('not-a-token', isAnswer);
    return {};
  }
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  const count = token.split('.').length;
  // An authorisation code or an opaque token may have two dots, too.
  if (
    count < 4 &&
    ![header, payload].some((part) => TOKEN_BEGINS.test(part)) &&
    !/ey[JA]/.test(payload.slice(0, 8))
  ) {
    yield finding('not-a-token', isAnswer);
    return {};
  }
  if (count === 5 && TOKEN_BEGINS.test(token)) yield finding('token-encrypted');
  else if (count !== 3 && !TOKEN_BEGINS.test(token)) yield finding('not-a-token', isAnswer);
  else if (count !== 3) yield finding('token-parts', count, hintFor(count, header, isAnswer));
  if (count === 1 || rest.length > 0) return {};
  const read = readToken(token);
  const canonical = (yield* checkPart('signature', signature, isAnswer)) && signature !== '';
  if (count === 3 && signature === '') yield finding('signature-missing', isAnswer);
  return {
    header: read?.header ?? (yield* readPart('header', header, isAnswer)),
    payload: read?.payload ?? (yield* readPart('payload', payload, isAnswer)),
    signed: canonical
      ? { input: `${header}.${payload}`, signature: fromBase64(signature), text: signature }
      : undefined,
  };
}

function hintFor(count: number, only: string, isAnswer: boolean): string {
  const hints = isAnswer ? ANSWERED : COPIED;
  if (count === 2) return hints.two;
  if (count > 1 || !/^[\w-]+$/.test(only)) return hints.other;
  const claims = parse(new TextDecoder().decode(fromBase64(only)));
  const names = typeof claims === 'object' && claims ? Object.keys(claims) : [];
  const part = names.includes('alg')
    ? 'header'
    : names.some((name) => /^(iat|exp|sub|iss)$/.test(name))
      ? 'payload'
      : '';
  return part ? `It is only the ${part}. ${hints.other}` : hints.other;
}

const COPIED = {
  two: 'The third, the signature, is missing: copy the token whole, or sign it with RS256.',
  other: 'Copy the token again, whole.',
};
const ANSWERED = {
  two: 'The third, the signature, is missing: sign the token with RS256, and return all of it.',
  other: 'Return the token exactly as a JWT library makes it.',
};

function* readPart(
  name: string,
  part: string,
  isAnswer: boolean,
): Generator<Finding, Record<string, unknown> | undefined> {
  if (!(yield* checkPart(name, part, isAnswer)) && !/^[\w+/-]+=*$/.test(part)) return undefined;
  const bytes = fromBase64(part);
  const value = parse(new TextDecoder().decode(bytes));
  if (typeof value !== 'object' || !value || Array.isArray(value)) yield finding('part-not-json', name);
  else if (!isUtf8(bytes)) yield finding('part-not-utf8', name);
  else return value as Record<string, unknown>;
  return undefined;
}

/** Whether the part is canonical base64url. */
function* checkPart(name: string, part: string, isAnswer: boolean): Generator<Finding, boolean> {
  const foreign = /[^\w-]/.exec(part);
  if (foreign) yield finding('not-base64url', name, foreignWords(foreign[0]));
  else if (toBase64url(fromBase64(part)) !== part) yield finding('part-incomplete', name, isAnswer);
  else return true;
  return false;
}

function foreignWords(character: string): string {
  if (character === '=') return 'is padded with =';
  if (character === '%') return 'is percent-encoded, as for an address (it has a %)';
  if (/[+/]/.test(character)) return `is in plain base64 (it has a ${character})`;
  return `has a character that does not belong there, ${quote(character)}`;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== undefined;
  } catch {
    return false;
  }
}
