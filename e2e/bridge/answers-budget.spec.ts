/**
 * When the budget ends, every caller is answered, the request is aborted, and later results do not count.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { drip, hang, hold, json, stall } from './misbehave.js';

for (const httpMethod of ['GET', 'POST']) {
  for (const [name, behaviour] of [
    ['never answers', hang],
    ['stalls after its headers', stall()],
    ['stalls within the token', stall('{"token":"eyJhbGciOi')],
    ['drips endlessly', drip],
  ] as const) {
    test(`gives up on a ${httpMethod} to an endpoint that ${name}`, async ({ site, visit, watched }) => {
      watched.warns('timeout');
      site.serve('/token', behaviour);
      const page = await visit({ httpMethod, timeout: 2000 });
      expect(await engage(page)).toEqual(refusal);
      expect(await codes(page)).toEqual(['timeout']);
      expect(site.requests()).toHaveLength(1);
      await expect.poll(() => site.requests()[0]?.isAborted).toBe(true);
    });
  }
}

test('sends a new request after a budget has ended', async ({ site, mint, visit, watched }) => {
  watched.warns('timeout');
  const token = await mint();
  site.serve('/token', hang, json({ token }));
  const page = await visit({ timeout: 2000 });
  expect(await engage(page)).toEqual(refusal);
  expect(await engage(page)).toEqual([token]);
});

test('gives up on an endpoint whose refusal stalls', async ({ site, visit, watched }) => {
  watched.warns('timeout');
  site.serve('/token', (response) => response.writeHead(403).write('{'));
  const page = await visit({ timeout: 2000 });
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['timeout']);
});

test('gives a late caller only the rest of the budget', { tag: '@core' }, async ({
  page,
  site,
  visit,
  watched,
}) => {
  watched.warns('timeout');
  const { behaviour, asked } = hold();
  site.serve('/token', behaviour);
  await page.clock.install();
  await visit();
  await page.clock.pauseAt(Date.now() + 60_000);
  const answered = () => page.evaluate(() => window.recorder.calls.map((answers) => answers.length));
  const first = engage(page);
  await asked;
  await page.clock.runFor(7000);
  const second = engage(page);
  await page.clock.runFor(900);
  expect(await answered()).toEqual([0, 0]);
  await page.clock.runFor(100);
  expect(await answered()).toEqual([1, 1]);
  expect(await Promise.all([first, second])).toEqual([refusal, refusal]);
  expect(await codes(page)).toEqual(['timeout']);
  expect(site.requests()).toHaveLength(1);
});

test('delivers nothing after the budget on a page that was too busy to run the timer', async ({
  page,
  mint,
  create,
  watched,
}) => {
  watched.warns('timeout');
  await page.addInitScript((token) => Object.assign(window, { token }), await mint());
  // The token arrives in the same turn in which the budget ended, before any timer could run.
  await create(`{
    timeout: 100,
    fetchToken: () => new Promise((resolve) => setTimeout(() => {
      for (const start = performance.now(); performance.now() - start < 200; );
      resolve(token);
    })),
  }`);
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['timeout']);
});

test('neither delivers nor keeps what the site fetched too late', async ({ page, mint, create, watched }) => {
  watched.warns('timeout');
  const [late, prompt] = [await mint({ sub: 'late' }), await mint({ sub: 'prompt' })];
  await create(`{
    timeout: 100,
    fetchToken: () => new Promise((resolve) => (window.answer = resolve)),
  }`);
  expect(await engage(page)).toEqual(refusal);
  const answer = (token: string) => page.evaluate((text) => Reflect.get(window, 'answer')(text), token);
  await answer(late);
  const second = page.evaluate((text) => {
    const answered = window.recorder.engage();
    Reflect.get(window, 'answer')(text);
    return answered;
  }, prompt);
  expect(await second).toEqual([prompt]);
});
