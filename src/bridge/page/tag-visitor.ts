/** Who is signed in, as the script tags say that the page has at the moment. */

import { own } from '../../contract/own.js';
import { defaults } from '../options.js';
import { stampVisitor } from './stamp.js';

/** Whom the page was printed for, by the attribute of one tag. */
export const printedVisitor = ({ dataset }: HTMLOrSVGScriptElement): string | undefined =>
  own(dataset, 'visitor') as string | undefined;

/**
 * Makes the option `visitor` of the bridge that `tag` installs: `data-visitor` of `tag` and of the page's other tags
 * for the same method.
 *
 * Read at every call: a page that signs in or out without loading changes its attribute, or its tag. A visitor who was
 * not there before renews the stamp.
 */
export function visitorOfTags(tag: HTMLOrSVGScriptElement, methodName: string): () => string | undefined {
  let printed = printedVisitor(tag);
  let wasPrinted = printed !== undefined;

  return () => {
    const tags = [...document.querySelectorAll<HTMLOrSVGScriptElement>('script[data-token-endpoint]')].filter(
      (other) => other === tag || (other.dataset.methodName ?? defaults.methodName) === methodName,
    );
    const said = new Set(tags.map(printedVisitor));
    const [present] = said;
    // Tags that contradict each other (a swapped head keeps the old ones), or the one that said it is gone: not known.
    if (said.size > 1 || (wasPrinted && present === undefined && !tags.includes(tag))) return undefined;
    if (present !== undefined && present !== printed) stampVisitor(present);
    printed = present;
    wasPrinted ||= present !== undefined;
    // Taken off is nobody. Never printed is somebody: a token is kept, until that changes.
    return present ?? (wasPrinted ? '' : '?');
  };
}
