/**
 * Shows one claim of a token, with words for those that Live Assist reads.
 *
 * @module
 */
import { jsonText } from '../diagnosis/json-text.js';
import { showInvisible } from '../diagnosis/show-invisible.js';
import { createElement } from './element.js';

const meanings = new Map([
  ['alg', 'how it is signed'],
  ['typ', 'what it is'],
  ['kid', 'name of the key, not needed'],
  ['sub', 'the contact in Dynamics'],
  ['given_name', 'first name the agent sees'],
  ['family_name', 'last name the agent sees'],
  ['iss', 'who issued it'],
  ['iat', 'issued'],
  ['exp', 'valid until'],
  ['nbf', 'valid from, not needed'],
]);

/** Creates an entry of a description list. Text is shown in quotes, to distinguish it from a number. */
export function claimEntry(name: string, value: unknown): HTMLDivElement {
  const meaning = [meanings.get(name), timeWords(name, value)].filter(Boolean).join(' ');
  return createElement(
    'div',
    {},
    createElement('dt', {}, createElement('code', {}, showInvisible(name))),
    createElement('dd', {}, createElement('code', {}, showInvisible(jsonText(value)))),
    ...(meaning ? [createElement('dd', { class: 'meaning' }, meaning)] : []),
  );
}

function timeWords(name: string, value: unknown): string {
  const time = ['iat', 'exp', 'nbf'].includes(name) && typeof value === 'number' && Math.abs(value) < 1e11;
  return time
    ? new Date(value * 1000).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' })
    : '';
}
