/**
 * Time passes: clocks are set back, machines sleep, tokens expire.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { json, status } from './misbehave.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

test('refuses an expired token when the endpoint answers with it again', async ({
  page,
  site,
  mint,
  visit,
  watched,
}) => {
  watched.warns('token-expired');
  await page.clock.install();
  const token = await mint();
  const later = new Date(Date.now() + 3 * hour * 1000).toUTCString();
  site.serve('/token', json({ token }), json({ token }, { Date: later }));
  await visit();
  expect(await engage(page)).toEqual([token]);
  await page.clock.fastForward(3 * hour * 1000);
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['token-expired']);
});

test('uses elapsed time when the clock is set back', async ({ page, site, mint, visit }) => {
  await page.clock.install();
  const [first, second] = [await mint(), await mint({ sub: 'second' })];
  site.serve('/token', json({ token: first }), json({ token: second }));
  await visit();
  await engage(page);
  await page.clock.setSystemTime(Date.now() - day * 1000);
  expect(await engage(page)).toEqual([first]);
  await page.clock.fastForward(2 * hour * 1000);
  expect(await engage(page)).toEqual([second]);
});

test('judges a token seen before by the Date header, not by a corrected clock', async ({
  page,
  serveTokens,
  site,
  visit,
}) => {
  await page.clock.install({ time: Date.now() - day * 1000 });
  const [token] = await serveTokens('visitor');
  await visit();
  expect(await engage(page)).toEqual([token]);
  await page.clock.setSystemTime(Date.now());
  expect(await engage(page)).toEqual([token]);
  expect(site.requests()).toHaveLength(2);
});

test('refuses an expired token that arrives again without a Date header', async ({
  page,
  site,
  mint,
  visit,
  watched,
}) => {
  watched.warns('token-expired');
  await page.clock.install();
  const token = await mint();
  site.serve('/token', json({ token }, { 'Access-Control-Allow-Origin': '*' }));
  await visit({ tokenEndpoint: `${site.sister}/token` });
  expect(await engage(page)).toEqual([token]);
  await page.clock.fastForward(3 * hour * 1000);
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['token-expired']);
});

for (const [life, isKept] of [
  [2 * hour, true],
  [30 * minute, false],
] as const) {
  test(`${isKept ? 'keeps' : 'forgets'} a token of ${life} seconds over an hour of sleep`, async ({
    page,
    site,
    mint,
    visit,
  }) => {
    await page.clock.install();
    const [first, second] = [await mint({ exp: mint.now() + life }), await mint({ sub: 'second' })];
    site.serve('/token', json({ token: first }), json({ token: second }));
    await visit();
    await engage(page);
    // During sleep, the monotonic clock stops, and only the wall clock runs.
    const before = await page.evaluate(() => performance.now());
    await page.clock.setSystemTime(Date.now() + hour * 1000);
    expect(await page.evaluate(() => performance.now())).toBeLessThan(before + minute * 1000);
    expect(await engage(page)).toEqual([isKept ? first : second]);
  });
}

test('gives up on a request during which the machine slept, and sends a new one', async ({
  page,
  site,
  mint,
  visit,
  watched,
}) => {
  watched.warns('timeout');
  const token = await mint();
  await page.clock.install();
  site.serve('/token', () => {}, json({ token }));
  await visit();
  const answer = engage(page);
  await expect.poll(() => site.requests().length).toBe(1);
  await page.clock.fastForward(hour * 1000);
  expect(await answer).toEqual(refusal);
  expect(await engage(page)).toEqual([token]);
});

test('asks again when the kept token has expired, and never delivers the expired one', async ({
  page,
  site,
  mint,
  visit,
}) => {
  await page.clock.install();
  const token = await mint();
  site.serve('/token', json({ token }), status(401));
  await visit();
  await engage(page);
  await page.clock.fastForward(3 * hour * 1000);
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['signed-out']);
});
