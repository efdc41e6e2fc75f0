/**
 * The file, or a bridge, more than once on a page.
 *
 * @module
 */
import { engage, expect, tag, test } from './field.js';
import { json } from './misbehave.js';

test('a second copy of the file does nothing and warns once', { tag: '@core' }, async ({
  page,
  serveTokens,
  site,
  open,
  watched,
}) => {
  watched.warns(/twice/);
  const [token] = await serveTokens('visitor');
  await open(`${tag({ tokenEndpoint: '/token' })}
    <script>var first = { ...liveAssistBridge, method: window.authoriseChatWithCallback }</script>
    ${tag({ tokenEndpoint: '/other' }, '/live-assist-bridge.umd.js?copy')}`);
  expect(await engage(page)).toEqual([token]);
  expect(site.requests('/other')).toHaveLength(0);
  const same = ['bridge', 'createBridge', 'BridgeError'].map(
    (key) => `first.${key} === liveAssistBridge.${key}`,
  );
  expect(await page.evaluate(`[${same}, first.method === authoriseChatWithCallback]`)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test('errors are still instances of the global BridgeError after a second copy', async ({
  page,
  open,
  watched,
}) => {
  watched.warns(/twice/);
  await open(tag({ tokenEndpoint: '/token', visitor: '' }).repeat(2));
  expect(
    await page.evaluate(
      'liveAssistBridge.bridge.getToken().catch((error) => error instanceof liveAssistBridge.BridgeError)',
    ),
  ).toBe(true);
});

test('does not warn about two plain copies if the page uses one', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(`${tag().repeat(2)}<script>liveAssistBridge.createBridge({ tokenEndpoint: '/token' })</script>`);
  expect(await engage(page)).toEqual([token]);
});

test('two bridges with two names keep their own tokens', async ({ page, site, mint, open }) => {
  const [shop, forum] = [await mint({ sub: 'shop' }), await mint({ sub: 'forum' })];
  site.serve('/shop', json({ token: shop }));
  site.serve('/forum', json({ token: forum }));
  await open(
    tag({ tokenEndpoint: '/shop', methodName: 'lpGetAuthenticationToken' }) +
      tag({ tokenEndpoint: '/forum', methodName: 'auth.getAuthenticationToken' }),
  );
  for (const _ of ['fetched', 'kept']) {
    expect(await engage(page, 'lpGetAuthenticationToken')).toEqual([shop]);
    expect(await engage(page, 'auth.getAuthenticationToken')).toEqual([forum]);
  }
  expect([site.requests('/shop').length, site.requests('/forum').length]).toEqual([1, 1]);
});

test('two bridges with two names are disposed of independently', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(`${tag()}<script>
    var one = liveAssistBridge.createBridge({ tokenEndpoint: '/token', methodName: 'auth.one' });
    var two = liveAssistBridge.createBridge({ tokenEndpoint: '/token', methodName: 'auth.two' });
    one.dispose();
  </script>`);
  expect(await page.evaluate('Object.keys(auth)')).toEqual(['two']);
  expect(await engage(page, 'auth.two')).toEqual([token]);
});
