/**
 * The tag without its attribute: an ordinary file, which warns if the page does not use it.
 *
 * @module
 */
import { engage, expect, tag, test } from './field.js';

const complaint = /data-token-endpoint.*createBridge/;

test('warns once when the attributes are lost', async ({ page, open, watched }) => {
  watched.warns(complaint);
  await open(tag());
  expect(await page.evaluate(() => 'authoriseChatWithCallback' in window)).toBe(false);
});

test('warns once if it was moved and two tags are possible', async ({ open, page, watched }) => {
  watched.warns(complaint);
  const moved = tag({ tokenEndpoint: '/token' }).replace('<script', '<script type="text/lazy"');
  await open(moved + moved + tag());
  expect(await page.evaluate(() => 'authoriseChatWithCallback' in window)).toBe(false);
});

test('warns once when it is loaded late and nobody uses it', async ({ page, open, watched }) => {
  watched.warns(complaint);
  await open('');
  await page.addScriptTag({ url: '/live-assist-bridge.umd.js' });
});

for (const [name, script] of [
  ['at once', 'create()'],
  ['when the document is read', "addEventListener('DOMContentLoaded', create)"],
  ['when the page has loaded', "addEventListener('load', create)"],
] as const) {
  test(`says nothing when createBridge is called ${name}`, async ({ page, serveTokens, open }) => {
    const [token] = await serveTokens('visitor');
    await open(
      `<script>const create = () => liveAssistBridge.createBridge({ tokenEndpoint: '/token' })</script>
      ${tag()}<script>${script}</script>`,
    );
    expect(await engage(page)).toEqual([token]);
    expect(await page.evaluate('liveAssistBridge.bridge')).toBeUndefined();
  });
}

for (const options of [
  '{}',
  'undefined',
  "{ tokenEndpoint: '/token', fetchToken: async () => null }",
  "{ tokenEndpoint: '/token', timeout: 8 }",
  "{ tokenEndpoint: '/token', timeout: '800' }",
  "{ tokenEndpoint: '/token', timeOut: 800 }",
  "{ tokenEndpoint: '/token', visitor: 'alice' }",
  "{ tokenEndpoint: 'http://shop.example.com/token' }",
  '{ fetchToken: "/token" }',
]) {
  test(`createBridge throws a TypeError for ${options}, and installs nothing`, async ({ page, open }) => {
    await open(`${tag()}<script>
      try { liveAssistBridge.createBridge(${options}) } catch (error) { var thrown = error }
    </script>`);
    expect(await page.evaluate('[thrown instanceof TypeError, thrown.message]')).toEqual([
      true,
      expect.stringMatching(/\w\. \w|\w\.$/),
    ]);
    expect(await page.evaluate(() => 'authoriseChatWithCallback' in window)).toBe(false);
  });
}
