/**
 * A page that is restored from the browser's back/forward cache, with its script state.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { test as base, codes, engage, expect, refusal, tag } from './field.js';
import { hang, html, json } from './misbehave.js';
import type { Site } from './site.js';

// Playwright turns that cache off, and headless Chromium has it off by default.
const test = base.extend({
  launchOptions: [
    async ({ launchOptions }, use) =>
      use({
        ...launchOptions,
        args: [...(launchOptions.args ?? []), '--enable-bfcache'],
        ignoreDefaultArgs: ['--disable-back-forward-cache'],
      }),
    { scope: 'worker' },
  ],
});

const attributes = { tokenEndpoint: '/token' };

async function load(page: Page, site: Site, markup: string) {
  site.serve('/shop', html(`<!doctype html><title>The shop</title>${markup}`));
  site.serve('/elsewhere', html('<!doctype html><title>Elsewhere</title>'));
  await page.goto(`${site.origin}/shop`);
  await page.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { wasKept: persisted })),
  );
}

async function leaveAndReturn(page: Page) {
  await page.goto(page.url().replace('shop', 'elsewhere'));
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => page.evaluate(() => Reflect.get(window, 'wasKept'))).toBe(true);
}

test('does not deliver the former visitor’s token on a page restored for the next', { tag: '@core' }, async ({
  page,
  serveTokens,
  site,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await load(page, site, tag(attributes));
  expect(await engage(page)).toEqual([former]);
  await leaveAndReturn(page);
  expect(await engage(page)).toEqual([present]);
});

test('does not identify the former visitor to messaging on a page restored for the next', async ({
  page,
  serveTokens,
  site,
}) => {
  await serveTokens('former', 'present');
  await load(page, site, tag({ ...attributes, identities: '', visitor: 'signed-in' }));
  const identify = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const { identities } = Reflect.get(window, 'lpTag') as { identities: ((tell: unknown) => void)[] };
          for (const identity of identities) identity(resolve);
        }),
    );
  expect(await identify()).toMatchObject({ sub: 'former' });
  await leaveAndReturn(page);
  expect(await identify()).toMatchObject({ sub: 'present' });
});

test('refuses a pending request before the page enters the cache', async ({ page, site, mint, watched }) => {
  watched.warns('visitor-changed');
  const present = await mint();
  site.serve('/token', hang, json({ token: present }));
  await load(page, site, tag(attributes));
  await page.evaluate(() => void window.recorder.engage());
  await expect.poll(() => site.requests().length).toBe(1);
  await leaveAndReturn(page);
  expect(await page.evaluate(() => window.recorder.calls)).toEqual([[refusal]]);
  expect(await codes(page)).toEqual(['visitor-changed']);
  expect(await engage(page)).toEqual([present]);
  await expect.poll(() => site.requests()[0]?.isAborted).toBe(true);
});

test('keeps a page eligible whose bridge was created and disposed of', async ({ page, site }) => {
  await load(
    page,
    site,
    `${tag()}<script>liveAssistBridge.createBridge({ tokenEndpoint: '/token' }).dispose()</script>`,
  );
  await leaveAndReturn(page);
  expect(await page.evaluate(() => 'authoriseChatWithCallback' in window)).toBe(false);
});

test('a restored page that was printed for a visitor sends a new request', async ({
  page,
  serveTokens,
  site,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await load(page, site, tag({ ...attributes, visitor: 'alice' }));
  expect(await engage(page)).toEqual([former]);
  site.serve('/elsewhere', html(`<title>Elsewhere</title>${tag({ ...attributes, visitor: 'bob' })}`));
  await leaveAndReturn(page);
  expect(await engage(page)).toEqual([present]);
});
