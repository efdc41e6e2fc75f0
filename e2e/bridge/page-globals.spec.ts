/**
 * Pages that have variables with the names of browser functions and classes.
 *
 * @module
 */
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { json } from './misbehave.js';
import { turn } from './visibility.js';

const endpoint = { tokenEndpoint: '/token' };

for (const own of [
  'var performance = { name: "Rigoletto" }',
  'performance = { now: () => "8 pm" }',
  'Set = function () {}; WeakSet = Set; Map = Set; WeakMap = Set',
  'AbortController = function () { this.signal = {} }',
  'AbortController = undefined',
  'Promise = function () { throw new Error("not yet") }',
  'URL = "/shop"; Request = function () { throw new Error("mine") }',
  'var origin = "LHR"',
  'function addEventListener(element, type, listener) { element.addEventListener(type, listener) }',
  'crypto = undefined; Object.defineProperty(window, "crypto", { value: 7 })',
  'Object.assign(Object.prototype, { body: "x", mode: "navigate", integrity: "sha256-x", get: 7, window: 7 })',
])
  test(`delivers on a page with ${own}`, async ({ page, serveTokens, open }) => {
    const [token] = await serveTokens('visitor');
    await open(`<script>${own}</script>${tag(endpoint)}
      <script>authoriseChatWithCallback((token) => { document.title = String(token) })</script>`);
    await expect(page).toHaveTitle(token);
  });

test('delivers on a page with a variable origin that equals the endpoint’s origin', async ({
  page,
  site,
  mint,
  open,
}) => {
  const token = await mint();
  site.serve('/token', json({ token }, { 'Access-Control-Allow-Origin': site.origin }));
  await open(`<script>var origin = ${JSON.stringify(site.sister)}</script>
    ${tag({ tokenEndpoint: `${site.sister}/token` })}`);
  expect(await engage(page)).toEqual([token]);
});

test('forgets a hidden page’s token also on a page with its own addEventListener', async ({
  page,
  serveTokens,
  open,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await open(`<script>
      function addEventListener(element, type, listener) { element.addEventListener(type, listener) }
    </script>${tag(endpoint)}`);
  expect(await engage(page)).toEqual([former]);
  await turn(page, 'hidden');
  await turn(page, 'visible');
  expect(await engage(page)).toEqual([present]);
});

test('publishes its functions on a page with its own addEventListener', async ({
  page,
  serveTokens,
  open,
}) => {
  const [token] = await serveTokens('visitor');
  await open(`<script>function addEventListener(element, type) { element.addEventListener(type) }</script>
    ${tag()}<script>liveAssistBridge.createBridge({ tokenEndpoint: '/token' })</script>`);
  expect(await engage(page)).toEqual([token]);
});

for (const own of [
  'function fetch(id) { return { id } }',
  'function fetch() { throw 7 }',
  'fetch = undefined',
])
  test(`names the cause on a page with ${own}`, async ({ page, open, watched }) => {
    watched.warns(/function fetch of this page.*\(network\)$/);
    await open(`<script>${own}</script>${tag(endpoint)}`);
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['network']);
  });

test('says that the page declared nobody signed in', async ({ page, site, visit }) => {
  await visit({ ...endpoint, visitor: '' });
  expect(await engage(page)).toEqual(refusal);
  const [event] = await page.evaluate(() => window.recorder.events);
  expect(event?.message).toContain('data-visitor');
  expect(event?.message).not.toMatch(/cookie|SameSite/);
  expect(site.requests()).toHaveLength(0);
});

test('announces each answer once, after the callback has returned', async ({ page, serveTokens, create }) => {
  await serveTokens('visitor');
  await create(`{ tokenEndpoint: '/token', visitor: () => window.visitor }`);
  await page.evaluate(async () => {
    const order: unknown[] = [];
    Object.assign(window, { order, visitor: 'alice' });
    addEventListener('live-assist-bridge:answer', ({ detail }) => order.push(detail));
    await window.recorder.engage(undefined, () => order.push('called back'));
    await window.recorder.engage(undefined, () => order.push('called back'));
    await Reflect.get(window, 'bridge').getToken();
    Object.assign(window, { visitor: null });
    await window.recorder.engage(undefined, () => order.push('called back'));
  });
  const milliseconds = expect.any(Number);
  expect(await page.evaluate('order')).toEqual([
    'called back',
    { outcome: 'token', milliseconds, kept: false, asked: 'chat' },
    'called back',
    { outcome: 'token', milliseconds, kept: true, asked: 'chat' },
    { outcome: 'token', milliseconds, kept: true, asked: 'page' },
    'called back',
    { outcome: 'refused', code: 'signed-out', milliseconds, kept: false, asked: 'chat' },
  ]);
});

test('sends a guest who clicks to the sign-in page, and nobody for whom a token was only prefetched', async ({
  page,
  site,
  open,
}) => {
  site.serve('/token', (response) => response.writeHead(401).end());
  await open(`${tag(endpoint)}<script>
    addEventListener('live-assist-bridge:answer', ({ detail }) => {
      if (detail.asked === 'chat' && detail.code === 'signed-out')
        location.assign('/?sign-in&return=' + encodeURIComponent(location.pathname));
    });
    liveAssistBridge.bridge.getToken().catch(() => {});
  </script>`);
  await expect.poll(() => codes(page)).toEqual(['signed-out']);
  expect(page.url()).not.toContain('sign-in');
  await page.evaluate(() => window.authoriseChatWithCallback?.(() => {}));
  await page.waitForURL(/\?sign-in&return=%2F$/);
});
