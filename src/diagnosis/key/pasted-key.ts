/**
 * Cleans the text pasted as JWT Public Key, and names everything that had to be removed.
 *
 * @module
 */
import {
  dashes,
  escapedCharacter,
  escapes,
  invisible,
  percentEscapes,
  quotationMarks,
} from '../../key/read/plain-text.js';
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';

export interface CleanKey {
  base64: string;
  /** Findings about what was removed, each with its position in the pasted text. */
  removed: Finding[];
}

/** Replaces removed characters, so that positions still refer to the pasted text. */
const GONE = '\ue000';
const QUOTES = new RegExp(
  `^[\\s,;${GONE}]*[${quotationMarks}]+|[${quotationMarks}][${quotationMarks}\\s,;${GONE}]{0,200}$`,
  'g',
);
const ESCAPED_BREAK = /\\r\\n|\\n|\\r/g;
const INVISIBLE = new RegExp(`[${invisible}${GONE}]|^\ufffd+`, 'g');
const LABEL = '((RSA|X509|TRUSTED|NEW)[ \\t]+)?(PUBLIC[ \\t]+KEY|CERTIFICATE([ \\t]+REQUEST)?)';
const HEADER = new RegExp(
  `[-${dashes}]{0,9}[ \\t]{0,3}(BEGIN|END)?[ \\t]{0,3}${LABEL}[ \\t]{0,3}[-${dashes}]{0,9}|[A-Z]{0,9}[ \\t]?KEY[-${dashes}]{1,9}|[-${dashes}]{3,}|^[-${dashes}]+|[-${dashes}]{1,2}$|[${dashes}]+`,
  'g',
);
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;
const BLANK = /\s/g;
const FOREIGN = new RegExp(`[^\\w+/=${GONE}-]`, 'g');
const PADDING_INSIDE = new RegExp(`=(?=[=${GONE}]*[\\w+/-])`, 'g');

export function cleanKeyText(pasted: string): CleanKey {
  const removed: Finding[] = [];
  let text = pasted;
  const remove = (pattern: RegExp, found: (count: number, position: number, first: string) => Finding) => {
    const matches = [...text.matchAll(pattern)];
    const [first] = matches;
    if (!first) return;
    removed.push(found(matches.length, first.index + 1, first[0]));
    text = text.replace(pattern, (match) => GONE.repeat(match.length));
  };
  const readEscapes = (pattern: RegExp) => {
    const [first] = text.match(pattern) ?? [];
    if (first) removed.push(finding('key-escaped', first, quote(escapedCharacter(first))));
    text = text.replace(pattern, (match) => escapedCharacter(match) + GONE.repeat(match.length - 1));
  };
  remove(INVISIBLE, (_, position) => finding('key-invisible', position));
  if (/%(2B|2F|3D|0A)/i.test(text)) readEscapes(percentEscapes);
  readEscapes(escapes);
  remove(QUOTES, () => finding('key-quotes'));
  remove(ESCAPED_BREAK, (count) => finding('key-escaped-breaks', count));
  remove(HEADER, () => finding('key-header', headerWords(pasted)));
  remove(LINE_BREAK, (count, position) => finding('key-line-breaks', count, position));
  remove(BLANK, (count, position) => finding('key-blanks', count, position));
  const foreign = (_: number, position: number, character: string) =>
    finding('key-foreign-character', quote(character), position);
  remove(FOREIGN, foreign);
  remove(PADDING_INSIDE, foreign);
  const digits = text.replaceAll(GONE, '');
  if (/[-_]/.test(digits)) removed.push(finding('key-base64url'));
  return { base64: digits.replaceAll('-', '+').replaceAll('_', '/'), removed };
}

function headerWords(text: string): string {
  const [begin, end] = [/\bBEGIN\b/.test(text), /\bEND\b/.test(text)];
  if (begin && end) return 'The BEGIN and END lines are';
  return begin || end
    ? `The ${begin ? 'BEGIN' : 'END'} line is`
    : 'Hyphens or words of the BEGIN and END lines are';
}
