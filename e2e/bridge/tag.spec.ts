/**
 * The script tag, in every place and way in which a page can load it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { engage, expect, refusal, tag, test } from './field.js';
import { json } from './misbehave.js';

const source = readFileSync(new URL('../../dist/live-assist-bridge.umd.js', import.meta.url), 'utf8');
const endpoint = { tokenEndpoint: '/token' };
const plain = tag(endpoint);

const ways: [name: string, markup: string][] = [
  ['in the head', plain],
  ['deferred', plain.replace('<script', '<script defer')],
  ['async', plain.replace('<script', '<script async')],
  ['at the end of the body', `<body><h1>Shop</h1>${plain}</body>`],
  ['as a module', plain.replace('<script', '<script type="module"')],
  ['under an address with a version', tag(endpoint, '/live-assist-bridge.umd.js?v=1')],
  [
    'injected by a tag manager',
    `<script>
      const script = document.createElement('script');
      script.dataset.tokenEndpoint = '/token';
      script.src = '/live-assist-bridge.umd.js';
      document.head.append(script);
    </script>`,
  ],
  [
    'copied into the page by an optimiser',
    `<script type="text/plain" data-token-endpoint="/token"></script><script>${source}</script>`,
  ],
  [
    'fetched and evaluated by an optimiser',
    `${plain.replace('<script', '<script type="text/lazy"')}
    <script>fetch('/live-assist-bridge.umd.js').then((file) => file.text()).then((text) => (0, eval)(text))</script>`,
  ],
  [
    'moved into a file of all scripts',
    `<script type="text/plain" data-token-endpoint="/token"></script>
    <script>document.currentScript.remove(); ${source}</script>`,
  ],
];

for (const [name, markup] of ways) {
  test(`installs itself ${name}`, async ({ page, serveTokens, open }) => {
    const [token] = await serveTokens('visitor');
    await open(markup);
    await expect.poll(() => page.evaluate(() => typeof window.authoriseChatWithCallback)).toBe('function');
    expect(await engage(page)).toEqual([token]);
    expect(await page.evaluate('Object.keys(liveAssistBridge).sort()')).toEqual([
      'BridgeError',
      'bridge',
      'createBridge',
    ]);
    expect(await page.evaluate('liveAssistBridge.bridge.getToken()')).toBe(token);
  });
}

const invalid: [name: string, attributes: Record<string, string>, complaint: RegExp][] = [
  ['a timeout in seconds', { timeout: '8' }, /timeout.*milliseconds/],
  ['a timeout with a unit', { timeout: '800ms' }, /timeout/],
  ['an empty timeout', { timeout: '' }, /timeout/],
  ['a timeout beyond the limit', { timeout: '10000' }, /timeout/],
  ['a negative margin', { expiryMargin: '-1' }, /data-expiry-margin/],
  ['another HTTP method', { httpMethod: 'PUT' }, /data-http-method/],
  ['credentials that do not exist', { credentials: 'yes' }, /credentials/],
  ['an empty field', { tokenField: '' }, /data-token-field/],
  ['a name through __proto__', { methodName: '__proto__.polluted' }, /data-method-name/],
  ['a name through constructor', { methodName: 'auth.constructor.x' }, /data-method-name/],
  ['a name that is none', { methodName: 'get token' }, /data-method-name/],
  [
    'several at once',
    { timeout: '8', credentials: 'yes', httpMethod: 'get' },
    /timeout.*credentials|credentials.*timeout/,
  ],
];

for (const [name, attributes, complaint] of invalid) {
  test(`warns once about ${name} and uses the default`, async ({
    page,
    serveTokens,
    site,
    open,
    watched,
  }) => {
    watched.warns(complaint);
    const [token] = await serveTokens('visitor');
    await open(tag({ ...endpoint, ...attributes }));
    expect(await engage(page)).toEqual([token]);
    expect(site.requests()[0]?.method).toBe('GET');
    expect(await page.evaluate(() => Reflect.get({}, 'polluted'))).toBeUndefined();
  });
}

for (const [name, address] of [
  ['that is empty', ''],
  ['on another origin without https', 'http://shop.example.com/token'],
  ['that is a script', 'javascript:alert(1)'],
  ['with a password', 'https://user:password@localhost/token'],
  ['that is none', 'https://'],
] as const) {
  test(`warns about an address ${name}, and refuses at once`, async ({ page, site, open, watched }) => {
    watched.warns(/data-token-endpoint/, 'endpoint-failed');
    await open(tag({ tokenEndpoint: address }));
    expect(await engage(page)).toEqual(refusal);
    expect(site.requests('/')).toHaveLength(1);
  });
}

test('ignores attributes that are not its own', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(tag({ ...endpoint, cookieconsent: 'marketing', endpoint: '/elsewhere' }));
  expect(await engage(page)).toEqual([token]);
});

test('resolves the address against the base of the page, once', async ({ page, site, mint, open }) => {
  const token = await mint();
  site.serve('/shop/token', json({ token }));
  await open(`<base href="/shop/">${tag({ tokenEndpoint: 'token' })}`);
  await page.evaluate(() => {
    history.pushState(null, '', '/deep/down/here');
    document.querySelector('base')?.remove();
  });
  expect(await engage(page)).toEqual([token]);
});

test('uses the attributes that are valid', { tag: '@core' }, async ({ page, site, mint, open }) => {
  const token = await mint();
  site.serve('/token', json({ data: { jwt: token } }));
  const attributes = { tokenField: 'data.jwt', httpMethod: 'POST', credentials: 'omit' };
  const methodName = 'auth.getAuthenticationToken';
  await open(tag({ ...endpoint, ...attributes, methodName, timeout: '9500', expiryMargin: '0' }));
  expect(await engage(page, 'auth.getAuthenticationToken')).toEqual([token]);
  expect(await page.evaluate(() => 'authoriseChatWithCallback' in window)).toBe(false);
  expect(site.requests()[0]?.method).toBe('POST');
});
