/**
 * Shows one finding: what is wrong in bold, what to change below it. A note is one line.
 *
 * @module
 */
import type { Finding, FindingCode } from '../diagnosis/diagnose.js';
import { answerFindings } from '../diagnosis/findings/answer-findings.js';
import { createElement } from './element.js';

const words = { error: 'Error', warning: 'Warning' } as const;

/** Codes of notes that confirm something. */
const confirming: FindingCode[] = [
  'signature-fits',
  'issuer-fits',
  'key-fine',
  'valid-until',
  'account-fits',
  'account-signature-fits',
  'account-issuer-fits',
];

/** @param more What stands below the message. */
export function findingItem({ level, code, message }: Finding, ...more: HTMLElement[]): HTMLLIElement {
  const sign = createElement('span', { class: 'sign', 'aria-hidden': 'true' });
  if (level === 'note') {
    const tone = confirming.includes(code) ? 'good' : 'note';
    return createElement('li', { 'data-level': tone }, sign, createElement('p', {}, ...withCode(message)));
  }
  // A sentence ends before a space and a capital letter, unlike the dots of a host name.
  const [first = message, ...lines] = message.split('\n');
  const [, fact = first, remedy = ''] = /^(.*?[.?])\s+(?=["A-Z])(.*)$/s.exec(first) ?? [];
  const compared = lines.filter((line) => line.startsWith('  ')).map((line) => line.slice(2));
  const rest = lines.filter((line) => !line.startsWith('  ')).join(' ');
  const meta = [createElement('b', {}, words[level]), ` in ${fieldOf(code)}`];
  return createElement(
    'li',
    { class: 'finding card', 'data-level': level },
    sign,
    createElement(
      'div',
      {},
      createElement(
        'p',
        { class: 'meta' },
        createElement('span', {}, ...meta),
        createElement('code', {}, code),
      ),
      createElement('h3', {}, ...withCode(fact)),
      ...(compared.length > 0 ? [createElement('pre', { tabindex: '0' }, compared.join('\n'))] : []),
      createElement('p', {}, ...withCode(`${remedy} ${rest}`.trim())),
      ...more,
    ),
  );
}

/** The field that the finding is about. */
function fieldOf(code: FindingCode): string {
  if (code === 'issuer-differs') return 'JWT Issuer';
  if (code.startsWith('account-')) return 'Account settings';
  // The private key may have been pasted in either field.
  if (code === 'private-key') return 'what was pasted';
  if (Object.hasOwn(answerFindings, code)) return 'the answer';
  return /^(key-|other-pair|signature-length)/.test(code) ? 'JWT Public Key' : 'the token';
}

/** Formats text in backticks as code. */
function withCode(text: string): (Node | string)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? createElement('code', {}, part) : part));
}
