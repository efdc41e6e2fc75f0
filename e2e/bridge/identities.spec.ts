/**
 * Identities for every version of the messaging tag, whenever the page loads it.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { expect, tag, test } from './field.js';
import { json, status } from './misbehave.js';
import type { Site } from './site.js';
import { agree } from './tabs.js';
import { snippet, vendorScript } from './vendor-tag.js';

const attributes = { tokenEndpoint: '/token', identities: '', visitor: 'ada' };
const identity = (sub: string) => ({ iss: 'www.example.com', acr: 'loa1', sub });

const serveVendor = (site: Site) =>
  site.serve('/vendor.js', (response) =>
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(vendorScript),
  );

/** The answers of each round in which the vendor's tag has asked. */
const heard = (page: Page) => page.evaluate(() => Reflect.get(window, 'heard') as unknown[][][] | undefined);

for (const version of ['old', 'new'] as const)
  for (const order of ['before', 'after'] as const)
    test(`identifies the visitor to the ${version} tag, loaded ${order} ours, and shares the request`, {
      tag: version === 'old' && order === 'after' ? '@core' : [],
    }, async ({ page, serveTokens, site, open }) => {
      const [token] = await serveTokens('ada');
      serveVendor(site);
      const parts = [tag(attributes), snippet(version)];
      await open((order === 'after' ? parts : parts.reverse()).join(''));
      await expect.poll(() => heard(page)).toEqual([[[identity('ada')]]]);
      expect(await page.evaluate(() => window.recorder.engage())).toEqual([token]);
      expect(site.requests()).toHaveLength(1);
    });

test('identifies the visitor once to a tag that loads twice, and late', async ({
  page,
  serveTokens,
  site,
  open,
}) => {
  await serveTokens('ada');
  serveVendor(site);
  await open(tag(attributes));
  for (const times of [1, 2]) {
    await page.addScriptTag({ content: snippet('old').replace(/<\/?script>/g, '') });
    await expect.poll(async () => (await heard(page))?.length).toBe(times);
  }
  await expect.poll(() => heard(page)).toEqual([[[identity('ada')]], [[identity('ada')]]]);
});

test('identifies the visitor to an old inline tag that asks when the page is parsed', async ({
  page,
  serveTokens,
  open,
}) => {
  await serveTokens('ada');
  await open(`${tag(attributes)}<script>
    window.lpTag = {};
    addEventListener('DOMContentLoaded', () => { ${vendorScript.replace(/if \(document.*/, 'askIdentities();')} });
  </script>`);
  await expect.poll(() => heard(page)).toEqual([[[identity('ada')]]]);
});

test('does not change a page without a vendor’s tag, and makes no request', async ({ page, site, visit }) => {
  await visit(attributes);
  expect(await page.evaluate('lpTag.identities.length')).toBe(1);
  expect(site.requests()).toHaveLength(0);
});

test('tells the tag of a sign-out without a page load, and of the next visitor when the page says so', async ({
  page,
  serveTokens,
  site,
  open,
}) => {
  await serveTokens('ada', 'ben');
  serveVendor(site);
  await open(tag(attributes) + snippet('new'));
  await expect.poll(() => heard(page)).toEqual([[[identity('ada')]]]);
  await page.evaluate(() => {
    const script = document.querySelector('script');
    if (script) script.dataset.visitor = '';
    window.liveAssistBridge?.bridge?.forgetToken();
  });
  expect((await heard(page))?.[1]).toEqual([[null]]);
  expect(await page.evaluate('lpTag.pages')).toEqual([[page.url(), { section: ['energy'] }]]);
  await page.evaluate(() => {
    const script = document.querySelector('script');
    if (script) script.dataset.visitor = 'ben';
    Reflect.get(window, 'lpTag').newPage('/account');
  });
  await expect.poll(async () => (await heard(page))?.[2]).toEqual([[identity('ben')]]);
  expect(site.requests()).toHaveLength(2);
});

test('does not identify the former visitor after a change in another tab', async ({
  page,
  serveTokens,
  site,
  open,
  context,
}) => {
  await serveTokens('ada', 'ben', 'cleo');
  serveVendor(site);
  await open(tag(attributes) + snippet('new'));
  await expect.poll(() => heard(page)).toEqual([[[identity('ada')]]]);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect.poll(() => heard(other)).toEqual([[[identity('ben')]]]);
  await other.evaluate(() => window.liveAssistBridge?.bridge?.forgetToken());
  await agree(page, other);
  await page.evaluate('askIdentities()');
  await expect.poll(() => heard(page).then((rounds) => rounds?.at(-1))).toEqual([[identity('cleo')]]);
});

test('answers null if the endpoint says that nobody is signed in', async ({ page, site, open }) => {
  site.serve('/token', status(401));
  serveVendor(site);
  await open(tag(attributes) + snippet('new'));
  await expect.poll(() => heard(page)).toEqual([[[null]]]);
});

test('survives a tag that freezes everything', async ({ page, serveTokens, site, open, watched }) => {
  watched.warns(/lpTag\.identities cannot be set/);
  const [token] = await serveTokens('ada');
  site.serve('/token', json({ token }));
  await open(
    `<script>var lpTag = Object.freeze({ identities: Object.freeze([]) })</script>${tag(attributes)}`,
  );
  expect(await page.evaluate(() => window.recorder.engage())).toEqual([token]);
});
