/**
 * Routers that replace the page without loading it, with the tag in the head or in a container.
 *
 * @module
 */
import { engage, expect, refusal, tag, test } from './field.js';
import { hold, json } from './misbehave.js';

const printed = { tokenEndpoint: '/token', visitor: 'alice' };

test('asks again on another path when the tag in the head still states the former visitor', async ({
  page,
  serveTokens,
  site,
  visit,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await visit(printed);
  expect(await engage(page)).toEqual([former]);
  // As htmx' hx-boost and swup do.
  await page.evaluate(() => {
    history.pushState(null, '', '/account');
    document.body.innerHTML = '<h1>Welcome</h1>';
  });
  expect(await engage(page)).toEqual([present]);
  expect(await engage(page)).toEqual([present]);
  expect(site.requests()).toHaveLength(2);
});

test('discards an answer for the former path and asks once more', async ({ page, site, mint, visit }) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  const { behaviour, asked, release } = hold();
  site.serve('/token', behaviour, json({ token: present }));
  await visit(printed);
  const answer = engage(page);
  await asked;
  await page.evaluate("history.pushState(null, '', '/account')");
  release(json({ token: former }));
  expect(await answer).toEqual([present]);
  expect(site.requests()).toHaveLength(2);
});

test('gives a caller on a third path a request of its own', async ({ page, site, mint, visit }) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  const [first, repeated] = [hold(), hold()];
  site.serve('/token', first.behaviour, repeated.behaviour, json({ token: present }));
  await visit(printed);
  const early = engage(page);
  await first.asked;
  await page.evaluate("history.pushState(null, '', '/goodbye')");
  first.release(json({ token: former }));
  await repeated.asked;
  await page.evaluate("history.pushState(null, '', '/account')");
  const late = engage(page);
  await expect.poll(() => site.requests().length).toBe(3);
  repeated.release(json({ token: former }));
  expect(await early).toEqual([former]);
  expect(await late).toEqual([present]);
});

test('discards the refusal of a guest who has signed in meanwhile', async ({ page, site, mint, visit }) => {
  const token = await mint();
  const { behaviour, asked, release } = hold();
  site.serve('/token', behaviour, json({ token }));
  await visit(printed);
  const answer = engage(page);
  await asked;
  await page.evaluate("history.pushState(null, '', '/account')");
  release((response) => response.writeHead(401).end());
  expect(await answer).toEqual([token]);
});

for (const [name, act, most] of [
  ['replaces the state', "history.replaceState({}, '')", 1],
  ['sets a hash', "location.hash = 'chat'", 1],
  ['removes utm_ parameters', "history.replaceState(null, '', location.pathname)", 1],
  ['pushes a path in the click', "history.pushState(null, '', '/chat')", 2],
  [
    'replaces the path ten times a second',
    "var turn = 0; setInterval(() => history.replaceState(null, '', '/at-' + turn++), 100)",
    2,
  ],
] as const)
  test(`delivers on a page that ${name}, with at most ${most} requests`, async ({
    page,
    site,
    mint,
    visit,
  }) => {
    const token = await mint();
    site.serve('/token', (response, request) => setTimeout(() => json({ token })(response, request), 300));
    await visit(printed);
    const answer = page.evaluate(`(() => { const answer = recorder.engage(); ${act}; return answer })()`);
    expect(await answer).toEqual([token]);
    expect(site.requests().length).toBeLessThanOrEqual(most);
  });

test('changes nothing on a new path if the visitor is a function', async ({
  page,
  serveTokens,
  site,
  create,
}) => {
  const [token] = await serveTokens('visitor');
  await create(`{ tokenEndpoint: '/token', visitor: () => 'alice' }`);
  expect(await engage(page)).toEqual([token]);
  await page.evaluate("history.pushState(null, '', '/account')");
  expect(await engage(page)).toEqual([token]);
  expect(site.requests()).toHaveLength(1);
});

/** Like Turbo, appends scripts that the head does not have yet, and leaves the others. */
const mergeHead = async (markup: string) => {
  const inert = document.createElement('template');
  inert.innerHTML = markup;
  const found = inert.content.querySelector('script');
  if (!found || [...document.scripts].some(({ outerHTML }) => outerHTML === found.outerHTML)) return;
  const script = document.createElement('script');
  for (const { name, value } of found.attributes) script.setAttribute(name, value);
  const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
  document.head.append(script);
  await loaded;
};

test('follows a router that merges heads: no warning, caching works, no request for a guest', async ({
  page,
  serveTokens,
  site,
  visit,
}) => {
  const [alice, bob, again] = await serveTokens('alice', 'bob', 'alice again');
  await visit(printed);
  expect(await engage(page)).toEqual([alice]);
  const move = async (visitor: string) => {
    await page.evaluate(`history.pushState(null, '', '/for-${visitor}')`);
    await page.evaluate(mergeHead, tag({ tokenEndpoint: '/token', visitor }));
  };
  await move('bob');
  for (const _ of ['fetched', 'kept']) expect(await engage(page)).toEqual([bob]);
  await move('');
  expect(await engage(page)).toEqual(refusal);
  expect(site.requests()).toHaveLength(2);
  await move('alice');
  for (const _ of ['fetched', 'kept']) expect(await engage(page)).toEqual([again]);
  expect(site.requests()).toHaveLength(3);
});

test('asks every time after the container with the tag was removed', async ({
  page,
  serveTokens,
  site,
  open,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await open(`<body><div id=container>${tag(printed)}</div>`);
  expect(await engage(page)).toEqual([former]);
  await page.evaluate("document.getElementById('container').replaceWith('signed out')");
  expect(await engage(page)).toEqual([present]);
  expect(await engage(page)).toEqual([present]);
  expect(site.requests()).toHaveLength(3);
});
