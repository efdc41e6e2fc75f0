/**
 * Module loaders, ES modules, and names that a page already uses.
 *
 * @module
 */
import { foreignFile } from '../../test/support/foreign-file.js';
import { engage, expect, refusal, tag, test } from './field.js';

const requirejs = () => `<script src="${foreignFile('requirejs/require.js')}"></script>`;
const modules = `<script type="importmap">
  {"imports": {"live-assist-bridge": "/dist/bridge/index.js"}}
</script>`;

test('installs itself on a page with RequireJS, without an error', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(`${requirejs()}${tag({ tokenEndpoint: '/token' })}
    <script>
      define('shop', [], () => 'open');
      var shop = new Promise((resolve, reject) => require(['shop'], resolve, reject));
    </script>`);
  expect(await engage(page)).toEqual([token]);
  expect(await page.evaluate('shop')).toBe('open');
  expect(await page.evaluate('typeof liveAssistBridge.createBridge')).toBe('function');
});

test('is the AMD module live-assist-bridge on a page with RequireJS, without its attribute', async ({
  page,
  serveTokens,
  open,
}) => {
  const [token] = await serveTokens('visitor');
  await open(`${requirejs()}${tag()}<script>
    var ready = new Promise((resolve, reject) => require(['live-assist-bridge'], ({ createBridge }) => {
      createBridge({ tokenEndpoint: '/token' });
      resolve('created');
    }, reject));
  </script>`);
  expect(await page.evaluate('ready')).toBe('created');
  expect(await engage(page)).toEqual([token]);
  expect(await page.evaluate('typeof liveAssistBridge')).toBe('undefined');
});

test('does not complain while RequireJS still loads other modules of the page', async ({
  page,
  serveTokens,
  open,
}) => {
  const [token] = await serveTokens('visitor');
  // The page has loaded some turns before the file for which the loader waits.
  await page.route('**/shop.js', async (route) => {
    await page.waitForFunction(() => document.readyState === 'complete');
    await page.evaluate(() => new Promise((resolve) => setTimeout(() => setTimeout(resolve, 20), 20)));
    await route.fulfill({ contentType: 'text/javascript', body: 'define([], () => "open")' });
  });
  await open(`${requirejs()}${tag()}<script>
    require.config({ baseUrl: '/' });
    var ready = new Promise((resolve, reject) => addEventListener('load', () => {
      require(['live-assist-bridge', 'shop'], ({ createBridge }) => {
        createBridge({ tokenEndpoint: '/token' });
        resolve('created');
      }, reject);
    }));
  </script>`);
  expect(await page.evaluate('ready')).toBe('created');
  expect(await engage(page)).toEqual([token]);
});

test('is loaded by RequireJS from its own path', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(`${requirejs()}<script>
    require.config({ paths: { 'live-assist-bridge': '/live-assist-bridge.umd' } });
    var ready = new Promise((resolve, reject) => require(['live-assist-bridge'], ({ createBridge }) => {
      resolve(Boolean(createBridge({ tokenEndpoint: '/token' })));
    }, reject));
  </script>`);
  expect(await page.evaluate('ready')).toBe(true);
  expect(await engage(page)).toEqual([token]);
});

test('RequireJS also returns the tag’s own bridge', async ({ page, serveTokens, open, watched }) => {
  watched.warns(/twice/);
  const [token] = await serveTokens('visitor');
  await open(`${requirejs()}${tag({ tokenEndpoint: '/token' })}<script>
    require.config({ paths: { 'live-assist-bridge': '/live-assist-bridge.umd' } });
    var ready = new Promise((resolve, reject) => require(['live-assist-bridge'], resolve, reject));
  </script>`);
  expect(await page.evaluate('ready.then(({ bridge }) => bridge === liveAssistBridge.bridge)')).toBe(true);
  expect(await engage(page)).toEqual([token]);
});

test('does not affect an AMD loader that is loaded later', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(`${tag({ tokenEndpoint: '/token' })}${requirejs()}`);
  expect(await engage(page)).toEqual([token]);
  expect(await page.evaluate("require.defined('live-assist-bridge')")).toBe(false);
});

for (const [name, globals] of [
  ['CommonJS names', 'var module = { exports: {} }, exports = module.exports'],
  ['a define that is not AMD', 'function define() { throw new Error("not for you") }'],
  ['its own name', 'document.write("<p id=liveAssistBridge></p>")'],
] as const) {
  test(`installs itself on a page that uses the name ${name}`, async ({ page, serveTokens, open }) => {
    const [token] = await serveTokens('visitor');
    await open(`<body><script>${globals}</script>${tag({ tokenEndpoint: '/token' })}`);
    expect(await engage(page)).toEqual([token]);
  });
}

test('importing the ES module has no effect', { tag: '@core' }, async ({ page, site, open }) => {
  await open(`${modules}<script type="module">window.bridge = await import('live-assist-bridge')</script>`);
  await expect
    .poll(() => page.evaluate('Object.keys(window.bridge ?? {}).sort()'))
    .toEqual(['BridgeError', 'createBridge']);
  expect(await page.evaluate(() => ['authoriseChatWithCallback' in window, localStorage.length])).toEqual([
    false,
    0,
  ]);
  expect(site.requests()).toHaveLength(0);
});

test('survives hot reload: the new module creates before the old one disposes', async ({
  page,
  serveTokens,
  open,
}) => {
  const [token] = await serveTokens('visitor');
  await open(`${modules}<script type="module">
    const load = async (version) => (await import('/dist/bridge/index.js?' + version)).createBridge({ tokenEndpoint: '/token' });
    const old = await load(1);
    window.bridge = await load(2);
    old.dispose();
    window.isReady = true;
  </script>`);
  await expect.poll(() => page.evaluate(() => Reflect.get(window, 'isReady'))).toBe(true);
  expect(await engage(page)).toEqual([token]);
  await page.evaluate('bridge.dispose()');
  expect(await page.evaluate(() => 'authoriseChatWithCallback' in window)).toBe(false);
});

test('can be imported without a page, and refuses calls there', async () => {
  const { createBridge, BridgeError } = await import('live-assist-bridge');
  const bridge = createBridge({ tokenEndpoint: '/token' });
  const answer = await new Promise((resolve) =>
    bridge.authoriseChatWithCallback((...words) => resolve(words)),
  );
  expect(answer).toEqual(refusal);
  await expect(bridge.getToken()).rejects.toThrow(BridgeError);
  bridge.forgetToken();
  bridge.dispose();
});
