/**
 * Callbacks, listeners and `onError` that use the bridge while it uses them.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { json, status } from './misbehave.js';

/** Runs source text in the page with `engage(onAnswer)` at hand. */
const inPage = (source: string) =>
  `(async () => { const engage = (onAnswer) => recorder.engage(undefined, onAnswer); ${source} })()`;

test('answers a callback that calls the method again', async ({ page, site, mint, visit }) => {
  const token = await mint();
  site.serve('/token', status(401), json({ token }));
  await visit();
  const all = await page.evaluate(
    inPage(`
      const nested = [];
      let left = 5;
      const again = () => { if (left-- > 0) nested.push(engage(again)); };
      nested.push(engage(again));
      while (left > 0) await new Promise((resolve) => setTimeout(resolve));
      return Promise.all(nested);
    `),
  );
  expect(all).toEqual([refusal, ...Array(5).fill([token])]);
  expect(site.requests()).toHaveLength(2);
});

for (const storage of ['is open', 'throws']) {
  test(`refuses later callers when a callback forgets the token, if storage ${storage}`, async ({
    page,
    serveTokens,
    create,
    watched,
  }) => {
    watched.warns('visitor-changed');
    const [former, present] = await serveTokens('former', 'present');
    if (storage === 'throws')
      await page.addInitScript(() =>
        Object.defineProperty(window, 'localStorage', {
          get: () => {
            throw new DOMException('closed', 'SecurityError');
          },
        }),
      );
    await create(`{ tokenEndpoint: '/token' }`);
    const all = await page.evaluate(
      inPage('return Promise.all([engage(() => bridge.forgetToken()), engage(), engage()])'),
    );
    expect(all).toEqual([[former], refusal, refusal]);
    expect(await engage(page)).toEqual([present]);
  });
}

test('refuses later callers when a callback signs in somebody else', async ({
  page,
  serveTokens,
  create,
  watched,
}) => {
  watched.warns('visitor-changed');
  const [former, present] = await serveTokens('former', 'present');
  await create(`{ tokenEndpoint: '/token', visitor: () => window.visitor ?? 'alice' }`);
  const all = await page.evaluate(
    inPage('return Promise.all([engage(() => { window.visitor = "bob" }), engage(), engage()])'),
  );
  expect(all).toEqual([[former], refusal, refusal]);
  expect(await codes(page)).toEqual(['visitor-changed']);
  expect(await engage(page)).toEqual([present]);
});

test('answers every caller once even if a callback disposes of the bridge', async ({
  page,
  serveTokens,
  create,
}) => {
  await serveTokens('visitor');
  await create(`{ tokenEndpoint: '/token', onError() {} }`);
  const all = await page.evaluate(
    inPage('return Promise.all([engage(() => bridge.dispose()), engage(), engage()])'),
  );
  expect(all).toHaveLength(3);
  expect(await page.evaluate(() => window.recorder.calls.map((answers) => answers.length))).toEqual([
    1, 1, 1,
  ]);
});

for (const [name, onError, refused] of [
  ['forgets the token', 'bridge.forgetToken()', 3],
  ['disposes of the bridge', 'bridge.dispose()', 3],
  ['calls the method again', 'if (recorder.calls.length < 9) recorder.engage()', 9],
] as const) {
  test(`answers every caller once even if onError ${name}`, async ({ page, site, create }) => {
    site.serve('/token', status(404));
    await create(`{ tokenEndpoint: '/token', onError() { ${onError} } }`);
    const all = await page.evaluate(inPage('return Promise.all([engage(), engage(), engage()])'));
    expect(all).toEqual([refusal, refusal, refusal]);
    const counts = () => page.evaluate(() => window.recorder.calls.map((answers) => answers.length));
    await expect.poll(counts).toEqual(Array(refused).fill(1));
  });
}

test('reports an onError that throws, and answers every caller', async ({ page, site, create, watched }) => {
  watched.raises(/our own logger broke/);
  site.serve('/token', status(404));
  await create(`{ tokenEndpoint: '/token', onError() { throw new Error('our own logger broke') } }`);
  const all = await page.evaluate(inPage('return Promise.all([engage(), engage(), engage()])'));
  expect(all).toEqual([refusal, refusal, refusal]);
  expect(await codes(page)).toEqual(['endpoint-failed']);
});

test('answers every caller even if a listener of the event throws', async ({
  page,
  site,
  visit,
  watched,
}) => {
  watched.warns('endpoint-failed');
  watched.raises(/listener broke/);
  site.serve('/token', status(404));
  await visit();
  const all = await page.evaluate(
    inPage(`
      addEventListener('live-assist-bridge:error', () => { throw new Error('listener broke') });
      return Promise.all([engage(), engage()]);
    `),
  );
  expect(all).toEqual([refusal, refusal]);
});

test('forgetToken works during a request for which a callback awaits getToken', async ({
  page,
  serveTokens,
  create,
  watched,
}) => {
  watched.warns('visitor-changed');
  await serveTokens('visitor');
  await create(`{ tokenEndpoint: '/token' }`);
  const all = await page.evaluate(
    inPage(`
      const waiting = bridge.getToken().then(() => 'delivered', (error) => error.code);
      const answered = engage();
      bridge.forgetToken();
      return [await waiting, await answered];
    `),
  );
  expect(all).toEqual(['visitor-changed', refusal]);
});
