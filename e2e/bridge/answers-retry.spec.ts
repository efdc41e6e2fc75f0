/**
 * A temporary failure is retried within the budget, and an endpoint that asks for a pause gets it.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { breakOff, json, reset, status } from './misbehave.js';

for (const httpMethod of ['GET', 'POST']) {
  for (const [name, behaviour] of [
    ['503', status(503)],
    ['520', status(520)],
    ['429', status(429)],
    ['a connection reset', reset],
    ['an answer that breaks off', breakOff(JSON.stringify({ token: 'x'.repeat(500) }))],
  ] as const) {
    test(`survives ${name} before the token with a second ${httpMethod}`, async ({ site, mint, visit }) => {
      const token = await mint();
      site.serve('/token', behaviour, json({ token }));
      const page = await visit({ httpMethod });
      expect(await engage(page)).toEqual([token]);
      expect(site.requests().map(({ method }) => method)).toEqual([httpMethod, httpMethod]);
    });
  }
}

test('delivers the token of the third attempt', { tag: '@core' }, async ({ site, mint, visit }) => {
  const token = await mint();
  site.serve('/token', reset, status(500), json({ token }));
  expect(await engage(await visit())).toEqual([token]);
  expect(site.requests()).toHaveLength(3);
});

test('retries no earlier than Retry-After asks', async ({ site, mint, visit }) => {
  const token = await mint();
  site.serve('/token', status(429, { 'Retry-After': '2' }), json({ token }));
  expect(await engage(await visit())).toEqual([token]);
  const [first, second] = site.requests().map(({ at }) => at);
  expect(Number(second) - Number(first)).toBeGreaterThan(1990);
});

for (const [code, number] of [
  ['rate-limited', 429],
  ['endpoint-failed', 503],
] as const) {
  for (const [name, retryAfter] of [
    ['3600 seconds', () => '3600'],
    ['a date an hour away', () => new Date(Date.now() + 3_600_000).toUTCString()],
  ] as const) {
    test(`sends no request for a minute after ${number} with ${name}`, async ({
      page,
      site,
      mint,
      visit,
      watched,
    }) => {
      watched.warns(code);
      const token = await mint();
      await page.clock.install();
      site.serve('/token', status(number, { 'Retry-After': retryAfter() }), json({ token }));
      await visit();
      expect(await engage(page)).toEqual(refusal);
      expect(await engage(page)).toEqual(refusal);
      await page.clock.fastForward(50_000);
      expect(await engage(page)).toEqual(refusal);
      expect(await codes(page)).toEqual([code, code, code]);
      expect(site.requests()).toHaveLength(1);
      await page.clock.fastForward(11_000);
      expect(await engage(page)).toEqual([token]);
    });
  }
}

test('reads the date of Retry-After by the clock of the endpoint', async ({ page, site, mint, visit }) => {
  const token = await mint();
  await page.clock.install({ time: Date.now() - 86_400_000 });
  const soon = new Date(Date.now() + 1000).toUTCString();
  site.serve('/token', status(503, { 'Retry-After': soon }), json({ token }));
  expect(await engage(await visit())).toEqual([token]);
});

test('does not wait for a Retry-After that is not a time', async ({ site, visit, watched }) => {
  watched.warns('rate-limited');
  site.serve('/token', status(429, { 'Retry-After': 'soon' }));
  expect(await engage(await visit())).toEqual(refusal);
  expect(site.requests()).toHaveLength(3);
});

for (const [name, behaviour, code] of [
  ['401', status(401), 'signed-out'],
  ['404 with Retry-After', status(404, { 'Retry-After': '3600' }), 'endpoint-failed'],
  ['a page instead of a token', json({ jwt: 'x' }), 'not-a-token'],
] as const) {
  test(`sends a request again on the call after ${name}`, async ({ site, mint, visit, watched }) => {
    if (code !== 'signed-out') watched.warns(code);
    const token = await mint();
    site.serve('/token', behaviour, json({ token }));
    const page = await visit();
    expect(await engage(page)).toEqual(refusal);
    expect(await engage(page)).toEqual([token]);
    expect(await codes(page)).toEqual([code]);
  });
}
