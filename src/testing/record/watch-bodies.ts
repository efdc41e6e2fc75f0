/**
 * Reports the bodies of the token endpoint's answers to `fetch`. Playwright cannot read the body of a request that the
 * page has aborted afterwards, as the bridge does.
 *
 * Refers to nothing outside itself, because its source text is injected into pages.
 *
 * @module
 */

export interface WatchedBodies {
  /** The global function to call with `(url, status, body)`. */
  reportName: string;
  /** A path on any host, or a whole address. */
  tokenEndpoint: string;
}

/** Runs before the page's own scripts. */
export function watchBodies({ reportName, tokenEndpoint }: WatchedBodies): void {
  const isWatched = Symbol.for('live-assist-engagement:bodies');
  if (Reflect.has(globalThis, isWatched) || typeof globalThis.fetch !== 'function') return;
  Object.defineProperty(globalThis, isWatched, { value: true });

  const longest = 100_000;
  const isPath = !URL.canParse(tokenEndpoint);
  const { origin, pathname } = new URL(tokenEndpoint, 'http://any.host');
  const isEndpoint = (address: string) => {
    if (!URL.canParse(address)) return false;
    const url = new URL(address);
    return url.pathname === pathname && (isPath || url.origin === origin);
  };
  const read = async (response: Response) => {
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = '';
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      text += decoder.decode(part.value, { stream: true });
      if (text.length > longest) void reader?.cancel();
    }
    return text;
  };
  // A proxy still looks like the browser's native function.
  globalThis.fetch = new Proxy(globalThis.fetch, {
    async apply(send, self, request: Parameters<typeof fetch>) {
      const response: Response = await Reflect.apply(send, self, request);
      try {
        if (isEndpoint(response.url))
          read(response.clone()).then(
            (text) => Reflect.get(globalThis, reportName)?.(response.url, response.status, text),
            () => {},
          );
      } catch {
        // Another script has returned something other than a Response.
      }
      return response;
    },
  });
}
