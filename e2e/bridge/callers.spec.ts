/**
 * Any number of callers, however they behave, share one request, and each gets one answer.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { hold, json, status } from './misbehave.js';

const answers = [
  { name: 'a token', behaviour: undefined, code: undefined, requests: 1 },
  { name: 'signed-out', behaviour: status(401), code: 'signed-out', requests: 1 },
  { name: 'endpoint-failed', behaviour: status(500), code: 'endpoint-failed', requests: 3 },
];

for (const { name, behaviour, code, requests } of answers) {
  test(`answers 1,000 calls at once with ${name} from one request`, async ({
    page,
    site,
    mint,
    visit,
    watched,
  }) => {
    if (code === 'endpoint-failed') watched.warns(code);
    const token = await mint();
    site.serve('/token', behaviour ?? json({ token }));
    await visit();
    const all = await page.evaluate(() =>
      Promise.all(Array.from({ length: 1000 }, () => window.recorder.engage())),
    );
    expect(all).toEqual(Array(1000).fill(code ? refusal : [token]));
    expect(site.requests()).toHaveLength(requests);
    expect(await codes(page)).toEqual(code ? [code] : []);
  });
}

test('refuses 1,000 waiting callers with one report when the visitor leaves', async ({
  page,
  site,
  create,
  watched,
}) => {
  watched.warns('visitor-changed');
  const { behaviour, asked } = hold();
  site.serve('/token', behaviour);
  await create(`{ tokenEndpoint: '/token' }`);
  const all = page.evaluate(() => Promise.all(Array.from({ length: 1000 }, () => window.recorder.engage())));
  await asked;
  await page.evaluate('bridge.forgetToken()');
  expect(await all).toEqual(Array(1000).fill(refusal));
  expect(await codes(page)).toEqual(['visitor-changed']);
});

test('lets a caller join a pending request', { tag: '@core' }, async ({ page, site, mint, visit }) => {
  const { behaviour, asked, release } = hold();
  site.serve('/token', behaviour);
  await visit();
  const first = engage(page);
  await asked;
  const second = engage(page);
  const token = await mint();
  release(json({ token }));
  expect(await Promise.all([first, second])).toEqual([[token], [token]]);
  expect(site.requests()).toHaveLength(1);
});

test('hands a kept token over before the call returns', { tag: '@core' }, async ({
  page,
  serveTokens,
  site,
  visit,
}) => {
  const [token] = await serveTokens('visitor');
  await visit();
  await engage(page);
  const atOnce = await page.evaluate(() => {
    window.recorder.engage();
    return window.recorder.calls.at(-1);
  });
  expect(atOnce).toEqual([[token]]);
  expect(site.requests()).toHaveLength(1);
});

test('reports a callback that throws, and answers the others', async ({
  page,
  serveTokens,
  visit,
  watched,
}) => {
  watched.raises(/lost in the engagement/, /lost in the engagement/);
  const [token] = await serveTokens('visitor');
  await visit();
  const all = await page.evaluate(() => {
    const lose = () => {
      throw new Error('lost in the engagement');
    };
    const { engage } = window.recorder;
    return Promise.all([engage(undefined, lose), engage(), engage(undefined, lose), engage()]);
  });
  expect(all).toEqual(Array(4).fill([token]));
});

test('reports a callback that throws on a kept token and on a refusal', async ({
  page,
  site,
  mint,
  visit,
  watched,
}) => {
  watched.raises(/lost/, /lost/, /lost/);
  site.serve('/token', status(401), json({ token: await mint() }));
  await visit();
  for (const _ of ['refused', 'fetched', 'kept'])
    await page.evaluate(() =>
      window.recorder.engage(undefined, () => {
        throw new Error('lost');
      }),
    );
});
