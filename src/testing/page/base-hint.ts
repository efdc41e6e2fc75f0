/**
 * Says where the page's `<base>` element has sent relative addresses.
 *
 * @module
 */

/** What happens to the address `written` in a tag's src, and a remedy; `undefined` if no `<base>` element changes it. */
export function baseHint(written: string | null): string | undefined {
  if (!written || !isMoved(written)) return undefined;
  return `The tag's src "${withoutQuery(written)}" is relative, and the page's <base> element makes it start at ${withoutQuery(document.baseURI)}. Write its whole address, or correct the <base>.`;
}

/** The same for any address in the page's scripts, as one sentence. */
export function startHint(written: string | null | undefined): string | undefined {
  if (!written || !isMoved(written)) return undefined;
  return `The page's <base> element makes relative addresses start at ${withoutQuery(document.baseURI)}.`;
}

/** A policy may forbid the element, and then it has no effect. So the addresses are compared. */
function isMoved(address: string): boolean {
  if (!document.querySelector('base[href]')) return false;
  try {
    return new URL(address, document.baseURI).href !== new URL(address, document.URL).href;
  } catch {
    // A page without an address of its own, such as about:srcdoc. Every address without a scheme is relative.
    return !/^[a-z][a-z\d+.-]*:/i.test(address);
  }
}

/** Queries and fragments may be long, or personal. */
export const withoutQuery = (url: string) => url.replace(/[?#].*/, '');
