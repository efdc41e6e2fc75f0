/**
 * Searches a page for texts with the form of a token, and for disguised copies of known tokens.
 *
 * Refers to nothing outside itself, because its source text is injected into pages.
 *
 * @module
 */

/**
 * Returns pairs of a place and the token, or the token's disguise, that was found there. Places are storage, readable
 * cookies, caches, and the document with its open shadow roots.
 */
export async function findSecrets(disguises: readonly string[]): Promise<[where: string, token: string][]> {
  const found: [string, string][] = [];
  const look = (where: string, value: unknown) => {
    const text = String(value ?? '');
    for (const disguise of disguises) if (text.includes(disguise)) found.push([where, disguise]);
    for (const [token] of text.matchAll(/(?:ey[JA]|ew[ko0])[\w-]*\.[\w-]+\.[\w-]+/g))
      found.push([where, token]);
  };
  const lookInStorage = (name: 'localStorage' | 'sessionStorage') => {
    try {
      const storage = globalThis[name];
      for (const key of Object.keys(storage)) look(`${name} "${key}"`, `${key} ${storage.getItem(key)}`);
    } catch {
      // This page has no storage.
    }
  };
  const lookInRoot = (root: Document | ShadowRoot) => {
    const top = root instanceof Document ? root.documentElement : root;
    look('the document', top instanceof Element ? top.outerHTML : top.innerHTML);
    for (const element of Array.from(root.querySelectorAll('*'))) {
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
        look('a field of the document', element.value);
      if (element.shadowRoot) lookInRoot(element.shadowRoot);
    }
  };

  lookInStorage('localStorage');
  lookInStorage('sessionStorage');
  lookInRoot(document);
  look('the address of a page', location.href);
  look('window.name', Reflect.get(globalThis, 'name'));
  try {
    look('a cookie that scripts can read', document.cookie);
    look('history.state', JSON.stringify(history.state));
  } catch {
    // A sandboxed frame has no cookies.
  }
  try {
    for (const name of await globalThis.caches.keys()) {
      const cache = await globalThis.caches.open(name);
      for (const request of (await cache.keys()).slice(0, 500)) {
        look(`the cache "${name}"`, request.url);
        const type = (await cache.match(request))?.headers.get('content-type') ?? '';
        if (/json|text|jwt|^$/.test(type))
          look(`the cache "${name}"`, await (await cache.match(request))?.text());
      }
    }
  } catch {
    // Caches exist only in secure contexts.
  }
  return found;
}
