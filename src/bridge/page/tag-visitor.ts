/**
 * Reads from the page's script tags who is signed in at the moment.
 *
 * @module
 */
import { own } from '../../contract/own.js';
import { defaults } from '../resolve-options.js';
import { stampVisitor } from './stamp.js';

export type ScriptTag = HTMLScriptElement | SVGScriptElement;

/** The visitor for whom the page was printed, according to one tag. */
export const printedVisitor = ({ dataset }: ScriptTag): string | undefined =>
  own(dataset, 'visitor') as string | undefined;

/** All script tags with the attribute `data-token-endpoint`. */
export const allTags = (): ScriptTag[] => [
  ...document.querySelectorAll<ScriptTag>('script[data-token-endpoint]'),
];

export const methodNameOf = ({ dataset }: ScriptTag): string => dataset.methodName ?? defaults.methodName;

/**
 * Returns the option `visitor` of the bridge that `tag` installs. It reads `data-visitor` of `tag` and of the page's
 * other tags for the same method.
 *
 * The attributes are read at every call, because a page that signs a visitor in or out without loading changes the
 * attribute or the tag. A new visitor renews the stamp.
 */
export function visitorOfTags(tag: ScriptTag, methodName: string) {
  let printed = printedVisitor(tag);
  let wasPrinted = printed !== undefined;

  const visitor = (): string | true | undefined => {
    const tags = allTags().filter((other) => other === tag || methodNameOf(other) === methodName);
    const stated = tags.map(printedVisitor);
    const [present] = stated;
    // Unknown: the tags contradict each other, or the tag that stated the visitor is gone.
    if (stated.some((other) => other !== present)) return undefined;
    if (wasPrinted && present === undefined && !tags.includes(tag)) return undefined;
    if (present !== undefined && present !== printed) stampVisitor(present);
    printed = present;
    wasPrinted ||= present !== undefined;
    // Attribute removed: signed out. Never present: one unnamed visitor, whose token may be kept.
    return present ?? (wasPrinted ? '' : true);
  };
  return Object.assign(visitor, { isPrinted: true });
}
