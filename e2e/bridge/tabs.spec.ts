/** Two tabs of one site: who signs out or changes account in one is forgotten in the other. */
import type { Page } from '@playwright/test';
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { hold, html, json, status } from './misbehave.js';
import type { Site } from './site.js';
import { turn } from './visibility.js';

/** Loads a page of the site in a tab, as it is printed for `visitor`; without one the tag says nothing of visitors. */
async function load(page: Page, site: Site, visitor?: string) {
  const attributes = { tokenEndpoint: '/token', ...(visitor === undefined ? {} : { visitor }) };
  const path = `/for-${encodeURIComponent(visitor ?? 'whomever')}`;
  site.serve(path, html(`<!doctype html><title>${path}</title>${tag(attributes)}`));
  await page.goto(site.origin + path);
}

const forget = (page: Page) => page.evaluate('liveAssistBridge.bridge.forgetToken()');

/** Tabs may live in processes of their own: what one has stored takes its time to arrive in the other. */
async function agree(...pages: Page[]) {
  const stored = () => Promise.all(pages.map((page) => page.evaluate(() => JSON.stringify(localStorage))));
  await expect.poll(async () => new Set(await stored()).size).toBe(1);
}

test('forgetToken in another tab forgets the kept token here', async ({ page, context, site, mint }) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', json({ token: former }), json({ token: present }));
  await load(page, site);
  expect(await engage(page)).toEqual([former]);
  const other = await context.newPage();
  await load(other, site);
  await forget(other);
  await agree(page, other);
  expect(await engage(page)).toEqual([present]);
});

test('forgetToken in another tab refuses what is under way here', async ({
  page,
  context,
  site,
  mint,
  watched,
}) => {
  watched.warns('visitor-changed');
  const { behaviour, asked, release } = hold();
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', behaviour, json({ token: present }));
  await load(page, site);
  const other = await context.newPage();
  await load(other, site);
  const waiting = engage(page);
  await asked;
  await forget(other);
  await agree(page, other);
  release(json({ token: former }));
  expect(await waiting).toEqual(refusal);
  expect(await codes(page)).toEqual(['visitor-changed']);
  expect(await engage(page)).toEqual([present]);
});

for (const [next, name] of [
  ['', 'signed out'],
  ['bob', 'somebody else'],
] as const) {
  test(`a page printed for ${name} makes the other tab forget its token`, async ({
    page,
    context,
    site,
    mint,
  }) => {
    const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
    site.serve('/token', json({ token: former }), json({ token: present }));
    await load(page, site, 'alice');
    expect(await engage(page)).toEqual([former]);
    const other = await context.newPage();
    await load(other, site, next);
    await agree(page, other);
    expect(await engage(page)).toEqual([present]);
  });

  test(`a page printed for ${name} refuses what is under way in the other tab`, async ({
    page,
    context,
    site,
    mint,
    watched,
  }) => {
    watched.warns('visitor-changed');
    const { behaviour, asked, release } = hold();
    const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
    site.serve('/token', behaviour, json({ token: present }));
    await load(page, site, 'alice');
    const waiting = engage(page);
    await asked;
    const other = await context.newPage();
    await load(other, site, next);
    await agree(page, other);
    release(json({ token: former }));
    expect(await waiting).toEqual(refusal);
    expect(await engage(page)).toEqual([present]);
  });
}

test('a further page for the same visitor costs no request', async ({ page, context, site, mint }) => {
  const token = await mint();
  site.serve('/token', json({ token }));
  await load(page, site, 'alice');
  await engage(page);
  const other = await context.newPage();
  await load(other, site, 'alice');
  await agree(page, other);
  expect(await engage(page)).toEqual([token]);
  expect(site.requests()).toHaveLength(1);
});

// Pairs that a weak hash takes for one another.
for (const [former, next] of [
  ['Aa', 'BB'],
  ['user-0b', 'user-1C'],
  ['1', '01'],
  ['alice', 'alice '],
  ['0', ''],
] as const) {
  test(`tells the visitor ${JSON.stringify(former)} from ${JSON.stringify(next)}`, async ({
    page,
    context,
    site,
    mint,
  }) => {
    const tokens = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
    site.serve('/token', ...tokens.map((token) => json({ token })));
    await load(page, site, former);
    await engage(page);
    const other = await context.newPage();
    await load(other, site, next);
    await agree(page, other);
    expect(await engage(page)).toEqual([tokens[1]]);
  });
}

test('a page for another visitor in the same tab knows nothing of the token before', async ({
  page,
  site,
  mint,
}) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', json({ token: former }), json({ token: present }));
  await load(page, site, 'alice');
  expect(await engage(page)).toEqual([former]);
  await load(page, site, 'bob');
  expect(await engage(page)).toEqual([present]);
});

test('never asks for a visitor who is signed out', async ({ page, site }) => {
  await load(page, site, '');
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['signed-out']);
  expect(site.requests()).toHaveLength(0);
});

test('a site that clears its storage at sign-out is understood', async ({ page, context, site, mint }) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', json({ token: former }), json({ token: present }));
  await load(page, site, 'alice');
  expect(await engage(page)).toEqual([former]);
  const other = await context.newPage();
  await load(other, site, 'alice');
  await other.evaluate(() => localStorage.clear());
  await agree(page, other);
  expect(await engage(page)).toEqual([present]);
});

test('forgetToken of one bridge makes the other one of the page forget', async ({ open, site, mint }) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', json({ token: former }), json({ token: present }));
  const page = await open(
    tag({ tokenEndpoint: '/token' }) + tag({ tokenEndpoint: '/other', methodName: 'auth.getToken' }),
  );
  expect(await engage(page)).toEqual([former]);
  await forget(page);
  expect(await engage(page)).toEqual([present]);
});

test('a sign-out in another tab is noticed without data-visitor, because this one was left for it', async ({
  page,
  context,
  site,
  mint,
}) => {
  site.serve('/token', json({ token: await mint() }), status(401));
  await load(page, site);
  await engage(page);
  await turn(page, 'hidden');
  await load(await context.newPage(), site);
  await turn(page, 'visible');
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['signed-out']);
});

test('stores nothing that names the visitor', async ({ page, site }) => {
  await load(page, site, 'alice@example.com');
  const stored = await page.evaluate(() => JSON.stringify(localStorage));
  expect(stored).toMatch(/live-assist-bridge/);
  expect(stored).not.toMatch(/alice|example/);
});
