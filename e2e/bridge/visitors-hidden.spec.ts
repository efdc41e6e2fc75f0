/**
 * The page is hidden: the visitor may return as somebody else.
 *
 * @module
 */
import { engage, expect, test } from './field.js';
import { hold, json } from './misbehave.js';
import { turn } from './visibility.js';

test('forgets the kept token when the page is hidden', { tag: '@core' }, async ({
  page,
  serveTokens,
  visit,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await visit();
  expect(await engage(page)).toEqual([former]);
  await turn(page, 'hidden');
  await turn(page, 'visible');
  expect(await engage(page)).toEqual([present]);
});

test('delivers a request that was pending when the page was hidden, but does not keep its token', async ({
  page,
  site,
  mint,
  visit,
}) => {
  const { behaviour, asked, release } = hold();
  const [first, second] = [await mint({ sub: 'first' }), await mint({ sub: 'second' })];
  site.serve('/token', behaviour, json({ token: second }));
  await visit();
  const waiting = engage(page);
  await asked;
  await turn(page, 'hidden');
  await turn(page, 'visible');
  release(json({ token: first }));
  expect(await waiting).toEqual([first]);
  expect(await engage(page)).toEqual([second]);
});

test('forgets a token that was fetched while hidden when the page is shown again', async ({
  page,
  serveTokens,
  visit,
}) => {
  const [former, present] = await serveTokens('former', 'present');
  await visit();
  await turn(page, 'hidden');
  expect(await engage(page)).toEqual([former]);
  await turn(page, 'visible');
  expect(await engage(page)).toEqual([present]);
});

test('does not let callers on the shown page join a request from before it was hidden', async ({
  page,
  site,
  mint,
  visit,
}) => {
  const { behaviour, asked, release } = hold();
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', behaviour, json({ token: present }));
  await visit();
  const waiting = engage(page);
  await asked;
  await turn(page, 'hidden');
  await turn(page, 'visible');
  const returned = engage(page);
  await expect.poll(() => site.requests().length).toBe(2);
  release(json({ token: former }));
  expect(await returned).toEqual([present]);
  await waiting;
});
