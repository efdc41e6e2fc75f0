/**
 * Real libraries that replace pages without loading them, patch the browser's functions or answer requests.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { foreignFile } from '../../test/support/foreign-file.js';
import { engage, expect, refusal, tag, test } from './field.js';
import { html, json, reply } from './misbehave.js';
import type { Site } from './site.js';

const endpoint = { tokenEndpoint: '/token' };
const script = (name: string) => `<script src="${foreignFile(name)}"></script>`;
const document = (head: string, body: string) =>
  html(`<!doctype html><html><head><title>A page</title>${head}</head><body>${body}</body></html>`);

interface Router {
  /** The content of every page's head. */
  head(): string;
  /** The content of the pages besides the tag. */
  body(welcome: string): string;
  /** Navigates to `/next` as a visitor would, or as the library's own function does. */
  go(page: Page): Promise<unknown>;
}

const link = '<a href="/next">Next</a>';
const click = (page: Page) => page.click('text=Next');
const fetched = (apply: string) => (page: Page) =>
  page.evaluate(`fetch('/next').then((answer) => answer.text()).then((text) => {
    history.pushState(null, '', '/next');
    const next = new DOMParser().parseFromString(text, 'text/html');
    ${apply}
  })`);

const routers: Record<string, Router> = {
  'htmx with hx-boost': {
    head: () => script('htmx.org/dist/htmx.js'),
    body: (welcome) => `<main hx-boost="true">${welcome}${link}</main>`,
    go: click,
  },
  swup: {
    head: () =>
      `${script('swup/dist/Swup.umd.js')}<script>addEventListener('DOMContentLoaded', () => new Swup({ animationSelector: false }))</script>`,
    body: (welcome) => `<main id="swup">${welcome}${link}</main>`,
    go: click,
  },
  Turbo: {
    head: () => script('@hotwired/turbo/dist/turbo.es2017-umd.js'),
    body: (welcome) => welcome + link,
    go: click,
  },
  morphdom: {
    head: () => script('morphdom/dist/morphdom-umd.js'),
    body: (welcome) => welcome + link,
    go: fetched('morphdom(document.body, next.body)'),
  },
  idiomorph: {
    head: () => script('idiomorph/dist/idiomorph.js'),
    body: (welcome) => welcome + link,
    go: fetched('Idiomorph.morph(document.documentElement, next.documentElement)'),
  },
};

/** Waits for the next page. Turbo adds its tag to the head; the file then removes the former tag's attribute. */
async function arrive(page: Page, welcome: string) {
  await expect(page.locator('h1')).toHaveText(welcome);
  await expect(page.locator('script[data-token-endpoint]')).toHaveCount(1);
}

/** Two pages of one site: on the first Alice is signed in, on the second `visitor`. */
function serveTwoPages(site: Site, { head, body }: Router, place: 'head' | 'body', visitor: string) {
  const page = (who: string) => {
    const ourTag = tag({ ...endpoint, visitor: who });
    const content = body(`<h1>Welcome ${who || 'guest'}</h1>`);
    return place === 'head' ? document(head() + ourTag, content) : document(head(), content + ourTag);
  };
  site.serve('/', page('alice'));
  site.serve('/next', page(visitor));
}

for (const [name, router] of Object.entries(routers))
  for (const place of ['head', 'body'] as const) {
    test(`never hands over the former visitor's token after ${name} with the tag in the ${place}`, async ({
      page,
      site,
      serveTokens,
    }) => {
      const [former, present] = await serveTokens('former', 'present');
      serveTwoPages(site, router, place, 'bob');
      await page.goto(site.origin);
      expect(await engage(page)).toEqual([former]);
      await router.go(page);
      await arrive(page, 'Welcome bob');
      expect(await engage(page)).toEqual([present]);
      expect(await engage(page), 'the new token is kept').toEqual([present]);
      expect(site.requests()).toHaveLength(2);
    });

    test(`never hands over a token to a guest after ${name} with the tag in the ${place}`, async ({
      page,
      site,
      mint,
    }) => {
      const token = await mint();
      site.serve('/token', json({ token }), reply('', {}, 401));
      serveTwoPages(site, router, place, '');
      await page.goto(site.origin);
      expect(await engage(page)).toEqual([token]);
      await router.go(page);
      await arrive(page, 'Welcome guest');
      expect(await engage(page)).toEqual(refusal);
    });
  }

test('delivers on a page with zone.js', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(`${script('zone.js/bundles/zone.umd.js')}${tag(endpoint)}`);
  expect(await engage(page)).toEqual([token]);
  expect(await engage(page)).toEqual([token]);
});

test('delivers inside a zone if zone.js is loaded after the tag', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(`${tag(endpoint)}${script('zone.js/bundles/zone.umd.js')}`);
  const answer = await page.evaluate(`new Promise((resolve) =>
    Zone.current.fork({ name: 'chat' }).run(() => authoriseChatWithCallback(resolve)))`);
  expect(answer).toBe(token);
});

for (const [name, order] of [
  ['before', (wrapper: string, ours: string) => wrapper + ours],
  ['after', (wrapper: string, ours: string) => ours + wrapper],
] as const)
  test(`delivers through a monitoring tool's wrapper of fetch that comes ${name} the tag`, async ({
    page,
    site,
    serveTokens,
    open,
  }) => {
    const [token] = await serveTokens('visitor');
    // Like monitoring tools, reads the arguments, adds a header, clones the answer, and measures the time.
    const wrapper = `<script>
      (function () {
        var original = window.fetch;
        window.fetch = function () {
          var parts = [].slice.call(arguments), address = String(parts[0]), options = Object.assign({}, parts[1]);
          options.headers = Object.assign({}, options.headers, { traceparent: '00-1-1-01' });
          return original.call(window, address, options).then(function (response) {
            window.measured = [response.status, response.clone().url];
            return response;
          });
        };
      })();
    </script>`;
    await open(order(wrapper, tag(endpoint)));
    expect(await engage(page)).toEqual([token]);
    expect(await page.evaluate('measured[0]')).toBe(200);
    expect(site.requests()[0]?.headers).toMatchObject({
      traceparent: '00-1-1-01',
      'x-requested-with': 'XMLHttpRequest',
    });
  });

for (const strategy of ['StaleWhileRevalidate', 'CacheFirst', 'NetworkFirst'])
  test(`is not answered from the cache of Workbox's ${strategy}`, async ({
    page,
    site,
    serveTokens,
    visit,
  }) => {
    const built = ['core', 'routing', 'strategies'].map((part) => {
      const path = foreignFile(`workbox-${part}/build/workbox-${part}.prod.js`);
      return `importScripts('${path}');`;
    });
    const worker = `${built.join('')}
      workbox.core.skipWaiting();
      workbox.core.clientsClaim();
      workbox.routing.registerRoute(({ url }) => url.pathname === '/token', new workbox.strategies.${strategy}());`;
    site.serve('/sw.js', reply(worker, { 'Content-Type': 'text/javascript' }));
    const [, , present] = await serveTokens('first', 'former', 'present');
    await visit();
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/sw.js');
      if (!navigator.serviceWorker.controller)
        await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
      await (await fetch('/token')).text();
    });
    await engage(page);
    // The session is another visitor's now.
    await page.evaluate('liveAssistBridge.bridge.forgetToken()');
    expect(await engage(page)).toEqual([present]);
  });

test("accepts the answer of MSW's worker in place of the endpoint's", async ({ page, site, mint, open }) => {
  const token = await mint();
  const worker = readFileSync(
    new URL(`../..${foreignFile('msw/lib/mockServiceWorker.js')}`, import.meta.url),
  );
  site.serve('/mockServiceWorker.js', reply(worker, { 'Content-Type': 'text/javascript' }));
  await open(`${script('msw/lib/iife/index.js')}${tag(endpoint)}`);
  await page.evaluate(
    `MockServiceWorker.setupWorker(
      MockServiceWorker.http.get('*/token', () => MockServiceWorker.HttpResponse.json({ token: ${JSON.stringify(token)} })),
    ).start({ quiet: true, onUnhandledRequest: 'bypass' })`,
  );
  expect(await engage(page)).toEqual([token]);
  expect(site.requests()).toHaveLength(0);
});
