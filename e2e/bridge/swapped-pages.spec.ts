/**
 * Pages that change without loading: a swapped body, a rewritten document, an attribute that is set late.
 *
 * @module
 */
import { engage, expect, refusal, tag, test } from './field.js';
import { json } from './misbehave.js';
import { agree } from './tabs.js';
import { turn } from './visibility.js';

const attributes = { tokenEndpoint: '/token' };

/** Replaces the body as Turbo does (scripts run) or as `innerHTML` does (scripts do not run). */
const swaps = {
  'whose scripts run': async (markup: string) => {
    document.body.innerHTML = markup;
    for (const inert of document.body.querySelectorAll('script')) {
      const script = document.createElement('script');
      for (const { name, value } of inert.attributes) script.setAttribute(name, value);
      const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
      inert.replaceWith(script);
      await loaded;
    }
  },
  'whose scripts do not run': async (markup: string) => {
    document.body.innerHTML = markup;
  },
};

for (const [name, swap] of Object.entries(swaps))
  test(`reads the visitor from a swapped body ${name}`, async ({ page, serveTokens, site, open }) => {
    const [former, present] = await serveTokens('former', 'present');
    await open(`<body>${tag({ ...attributes, visitor: 'alice' })}`);
    expect(await engage(page)).toEqual([former]);
    await page.evaluate(swap, tag({ ...attributes, visitor: 'bob' }));
    expect(await engage(page)).toEqual([present]);
    await page.evaluate(() => document.querySelector('script')?.setAttribute('data-visitor', ''));
    expect(await engage(page)).toEqual(refusal);
    await page.evaluate(swap, tag({ ...attributes, visitor: '' }));
    expect(await engage(page)).toEqual(refusal);
    expect(site.requests()).toHaveLength(2);
  });

test('also reads a tag inside an SVG picture', async ({ page, serveTokens, site, open }) => {
  const [former, present] = await serveTokens('former', 'present');
  const script = tag({ ...attributes, visitor: 'alice' }).replace(' src=', ' href=');
  await open(`<body><svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`);
  expect(await engage(page)).toEqual([former]);
  expect(await engage(page)).toEqual([former]);
  await page.evaluate(() => document.querySelector('script')?.setAttribute('data-visitor', 'bob'));
  expect(await engage(page)).toEqual([present]);
  expect(site.requests()).toHaveLength(2);
});

test('a swapped body makes the other tabs forget', async ({ page, site, mint, open, context }) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', json({ token: former }), json({ token: former }), json({ token: present }));
  const markup = `<body>${tag({ ...attributes, visitor: 'alice' })}`;
  await open(markup);
  const other = await context.newPage();
  await other.goto(site.origin);
  expect(await engage(other)).toEqual([former]);
  await page.evaluate(swaps['whose scripts run'], tag({ ...attributes, visitor: 'bob' }));
  await agree(page, other);
  expect(await engage(other)).toEqual([former]);
  expect(site.requests(), 'the other tab has asked again').toHaveLength(2);
});

test('reads an attribute that a script sets after the page has loaded', async ({
  page,
  serveTokens,
  site,
  open,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await open(tag(attributes));
  expect(await engage(page)).toEqual([former]);
  expect(await engage(page)).toEqual([former]);
  for (const [visitor, answer] of [
    ['bob', [present]],
    ['', refusal],
  ] as const) {
    await page.evaluate((who) => {
      for (const script of document.scripts) script.dataset.visitor = who;
    }, visitor);
    expect(await engage(page)).toEqual(answer);
  }
  expect(site.requests()).toHaveLength(2);
});

test('asks again on a page rewritten by document.open(), and still notices when it is left', async ({
  page,
  site,
  mint,
  visit,
}) => {
  const tokens = [await mint({ sub: 'a' }), await mint({ sub: 'b' }), await mint({ sub: 'c' })];
  site.serve('/token', ...tokens.map((token) => json({ token })));
  await visit();
  expect(await engage(page)).toEqual([tokens[0]]);
  await page.evaluate(() => {
    document.open();
    document.write('<!doctype html><title>Another</title><p>Another page');
    document.close();
  });
  await turn(page, 'hidden');
  await turn(page, 'visible');
  expect(await engage(page)).toEqual([tokens[1]]);
  expect(await engage(page)).toEqual([tokens[1]]);
  await turn(page, 'hidden');
  expect(await engage(page)).toEqual([tokens[2]]);
});
