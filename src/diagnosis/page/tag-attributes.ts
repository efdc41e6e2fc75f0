/**
 * Checks the attributes of the bridge's script tag.
 *
 * @module
 */
import { isMethodName } from '../../contract/method-name.js';
import { nearest } from '../../contract/nearest.js';
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import type { HtmlElement } from './html-elements.js';

const isNumber = (least: number, most: number) => (text: string) =>
  text !== '' && Number(text) >= least && Number(text) <= most;

/**
 * Every attribute that the bridge reads, with the check of its value. A test compares the names with the bridge's options.
 */
export const tagAttributes: Readonly<Record<string, (text: string) => boolean>> = {
  'data-token-endpoint': () => true,
  'data-visitor': () => true,
  'data-method-name': isMethodName,
  'data-token-field': (text) => /^[^.]+(\.[^.]+)*$/.test(text),
  'data-http-method': (text) => /^(GET|POST)$/.test(text),
  'data-credentials': (text) => /^(omit|same-origin|include)$/.test(text),
  'data-timeout': isNumber(100, 9500),
  'data-expiry-margin': isNumber(0, 3600),
  'data-identities': () => true,
};

const names = Object.keys(tagAttributes);

/** Yields misspelt attributes, which have no effect, and values that the bridge replaces with its default. */
export function* inspectAttributes(attributes: ReadonlyMap<string, string>): Generator<Finding> {
  for (const [name, value] of attributes) {
    if (!name.startsWith('data-')) continue;
    const check = tagAttributes[name];
    if (check) {
      if (!check(value)) yield finding('tag-attribute-value', name, quote(value, 40));
      continue;
    }
    const meant = meantAttribute(name);
    if (meant) yield finding('tag-attribute', quote(name, 40), meant);
  }
}

/** Returns the attribute of a script element that probably stands for `data-token-endpoint`. */
export const misspeltEndpoint = ({ attributes }: HtmlElement): string | undefined =>
  [...attributes.keys()].find(
    (name) => name !== 'data-token-endpoint' && meantAttribute(name) === 'data-token-endpoint',
  );

/** Returns the attribute of the bridge that an unknown `data-` attribute probably stands for. */
function meantAttribute(name: string): string | undefined {
  // Other tools put their own attributes on the same element.
  if (!/^data-(?!cf|turbo|consent|cookie|category|nscript)/.test(name)) return undefined;
  const plain = (text: string) => text.replace(/\W/g, '');
  return (
    names.find((known) => plain(name).startsWith(plain(known))) ??
    nearest(
      name.slice(5),
      names.map((known) => known.slice(5)),
    )?.replace(/^/, 'data-')
  );
}
