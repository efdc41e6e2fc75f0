/**
 * Pages that are printed for a visitor (`data-visitor`): the next visitor's page tells the other tabs.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { hold, json } from './misbehave.js';
import { agree, load } from './tabs.js';

for (const [next, name] of [
  ['', 'signed out'],
  ['bob', 'somebody else'],
] as const) {
  test(`a page printed for ${name} makes the other tab forget its token`, async ({
    page,
    context,
    serveTokens,
    site,
  }) => {
    const [former, present] = await serveTokens('former', 'present');
    await load(page, site, 'alice');
    expect(await engage(page)).toEqual([former]);
    const other = await context.newPage();
    await load(other, site, next);
    await agree(page, other);
    expect(await engage(page)).toEqual([present]);
  });

  test(`a page printed for ${name} refuses the pending request in the other tab`, async ({
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

test('another page for the same visitor causes no request', async ({ page, context, serveTokens, site }) => {
  const [token] = await serveTokens('visitor');
  await load(page, site, 'alice');
  await engage(page);
  const other = await context.newPage();
  await load(other, site, 'alice');
  await agree(page, other);
  expect(await engage(page)).toEqual([token]);
  expect(site.requests()).toHaveLength(1);
});

// Pairs for which a weak hash collides.
for (const [former, next] of [
  ['Aa', 'BB'],
  ['user-0b', 'user-1C'],
  ['1', '01'],
  ['alice', 'alice '],
  ['0', ''],
] as const) {
  test(`distinguishes the visitors ${JSON.stringify(former)} and ${JSON.stringify(next)}`, async ({
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

test('a page for another visitor in the same tab does not know the earlier token', async ({
  page,
  serveTokens,
  site,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await load(page, site, 'alice');
  expect(await engage(page)).toEqual([former]);
  await load(page, site, 'bob');
  expect(await engage(page)).toEqual([present]);
});

test('makes no request for a visitor who is signed out', async ({ page, site }) => {
  await load(page, site, '');
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['signed-out']);
  expect(site.requests()).toHaveLength(0);
});

test('stores nothing that names the visitor', async ({ page, site }) => {
  await load(page, site, 'alice@example.com');
  const stored = await page.evaluate(() => JSON.stringify(localStorage));
  expect(stored).toMatch(/live-assist-bridge/);
  expect(stored).not.toMatch(/alice|example/);
});
