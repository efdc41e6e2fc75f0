/**
 * Two tabs of one site: what is forgotten in one is forgotten in the other.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { hold, json, status } from './misbehave.js';
import { agree, load } from './tabs.js';
import { turn } from './visibility.js';

const forget = (page: Page) => page.evaluate('liveAssistBridge.bridge.forgetToken()');

test('forgetToken in another tab forgets the kept token here', { tag: '@core' }, async ({
  page,
  context,
  serveTokens,
  site,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await load(page, site);
  expect(await engage(page)).toEqual([former]);
  const other = await context.newPage();
  await load(other, site);
  await forget(other);
  await agree(page, other);
  expect(await engage(page)).toEqual([present]);
});

test('forgetToken in another tab is noticed on a site that seeds Math.random', async ({
  page,
  context,
  serveTokens,
  site,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await context.addInitScript(() => {
    Math.random = () => 0.5;
  });
  await load(page, site);
  const other = await context.newPage();
  await load(other, site);
  await forget(other);
  await agree(page, other);
  expect(await engage(page)).toEqual([former]);
  await forget(other);
  await agree(page, other);
  expect(await engage(page)).toEqual([present]);
});

test('forgetToken in another tab refuses a pending request here', async ({
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

test('storage that a site clears at sign-out makes the token forgotten', async ({
  page,
  context,
  serveTokens,
  site,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await load(page, site, 'alice');
  expect(await engage(page)).toEqual([former]);
  const other = await context.newPage();
  await load(other, site, 'alice');
  await other.evaluate(() => localStorage.clear());
  await agree(page, other);
  expect(await engage(page)).toEqual([present]);
});

test('forgetToken of one bridge makes the page’s other bridge forget', async ({ open, serveTokens }) => {
  const [former, present] = await serveTokens('former', 'present');
  const page = await open(
    tag({ tokenEndpoint: '/token' }) + tag({ tokenEndpoint: '/other', methodName: 'auth.getToken' }),
  );
  expect(await engage(page)).toEqual([former]);
  await forget(page);
  expect(await engage(page)).toEqual([present]);
});

test('a sign-out in another tab is noticed without data-visitor, because this tab was hidden meanwhile', async ({
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
