/**
 * Tracks what a page is loading at the moment.
 *
 * @module
 */
import type { Frame, Page, Request, Response } from '@playwright/test';

export interface PageNetwork {
  /** How long the page has requested nothing that could load code, in real milliseconds; 0 during such a request. */
  quietFor(): number;
  /**
   * Resolves when the current navigation of the main frame has ended, or after `milliseconds`. Returns `undefined` if
   * there is none.
   */
  navigated(milliseconds: number): Promise<void> | undefined;
  /** The responses of the present document's scripts. */
  scripts(): readonly Response[];
  /** How many documents the page has loaded so far. */
  documents(): number;
  /** The address of the latest navigation of `frame`, even if it has failed. */
  destination(frame: Frame): string | undefined;
}

/** Resource types that can load code. Images, styles, streams and beacons cannot. */
const bringsCode = new Set(['document', 'script', 'fetch', 'xhr']);

const networks = new WeakMap<Page, PageNetwork>();

/** Returns the network of `page`, observed from the first call on. */
export function networkOf(page: Page): PageNetwork {
  const known = networks.get(page);
  if (known) return known;

  const pending = new Set<Request>();
  const destinations = new WeakMap<Frame, string>();
  let scripts: Response[] = [];
  let latest = performance.now();
  let documents = 0;
  let navigation: { request: Request; over: Promise<void>; end: () => void } | undefined;

  const frameOf = (request: Request) => {
    try {
      return request.frame();
    } catch {
      // A page that has just begun to load, or a service worker.
      return undefined;
    }
  };
  const endNavigation = () => {
    navigation?.end();
    navigation = undefined;
  };
  page.on('request', (request) => {
    const frame = frameOf(request);
    if (request.isNavigationRequest() && frame) {
      destinations.set(frame, request.url());
      if (frame === page.mainFrame()) {
        let end = () => {};
        const over = new Promise<void>((resolve) => {
          end = resolve;
        });
        navigation = navigation ? { ...navigation, request } : { request, over, end };
      }
    }
    if (!bringsCode.has(request.resourceType())) return;
    pending.add(request);
    latest = performance.now();
  });
  const settle = (request: Request) => {
    if (pending.delete(request)) latest = performance.now();
  };
  page.on('requestfinished', settle);
  page.on('requestfailed', (request) => {
    settle(request);
    // A download, an answer without content, or a navigation that another one has replaced.
    if (navigation?.request === request) endNavigation();
  });
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  page.on('framenavigated', (frame) => {
    // Without a request, the same document has changed its address.
    if (frame !== page.mainFrame() || !navigation) return;
    endNavigation();
    documents += 1;
    scripts = [];
    // Requests of the previous document may never report their end.
    pending.clear();
    latest = performance.now();
  });

  const network: PageNetwork = {
    quietFor: () => (pending.size > 0 ? 0 : performance.now() - latest),
    navigated(milliseconds) {
      if (!navigation) return undefined;
      const { over } = navigation;
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        over.then(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
    scripts: () => scripts,
    documents: () => documents,
    destination: (frame) => destinations.get(frame),
  };
  networks.set(page, network);
  return network;
}
