/**
 * Reports every text with the form of a token that gets into the page's storage, cookies or document.
 *
 * Refers to nothing outside itself, because its source text is injected into pages.
 *
 * @module
 */

/** Runs before the page's own scripts. Calls the global function `reportName` with `(where, text)`. */
export function watchSecrets(reportName: string): void {
  const isWatched = Symbol.for('live-assist-engagement:secrets');
  if (Reflect.has(globalThis, isWatched)) return;
  Object.defineProperty(globalThis, isWatched, { value: true });

  const told = new Set<string>();
  const look = (where: string, text: unknown) => {
    for (const [token] of String(text).matchAll(/(?:ey[JA]|ew[ko0])[\w-]*\.[\w-]+\.[\w-]+/g)) {
      if (told.has(where + token)) continue;
      told.add(where + token);
      const report: unknown = Reflect.get(globalThis, reportName);
      if (typeof report === 'function') void report(where, token);
    }
  };

  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (...item: [name: string, value: string]) {
    const [name, value] = item;
    try {
      look(`${this === globalThis.localStorage ? 'localStorage' : 'sessionStorage'} "${name}"`, value);
    } catch {
      // This page has no storage, for example in a sandboxed frame.
    }
    Reflect.apply(setItem, this, item);
  };

  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  if (cookie?.get && cookie.set) {
    const { get, set } = cookie;
    Object.defineProperty(Document.prototype, 'cookie', {
      ...cookie,
      get,
      set(this: Document, value: string) {
        look('a cookie that scripts can read', value);
        set.call(this, value);
      },
    });
  }

  new MutationObserver((mutations) => {
    for (const { type, target, addedNodes, attributeName } of mutations) {
      if (type === 'attributes')
        look(`the attribute ${attributeName}`, (target as Element).getAttribute(attributeName ?? ''));
      else if (type === 'characterData') look('the text of the document', target.nodeValue);
      else
        for (const node of Array.from(addedNodes))
          look('the document', node instanceof Element ? node.outerHTML : node.nodeValue);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}
