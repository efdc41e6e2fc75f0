/** However many call, however they behave: one request, and one answer for each. */
import { codes, engage, expect, refusal, test } from './field.js';
import { hold, json, status } from './misbehave.js';

const answers = [
  { name: 'a token', behaviour: undefined, code: undefined, requests: 1 },
  { name: 'signed-out', behaviour: status(401), code: 'signed-out', requests: 1 },
  { name: 'endpoint-failed', behaviour: status(500), code: 'endpoint-failed', requests: 3 },
];

for (const { name, behaviour, code, requests } of answers) {
  test(`answers 1,000 calls at once with ${name} out of one request`, async ({
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

test('refuses 1,000 who wait with one word when the visitor leaves', async ({
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

test('lets a caller join a request under way', async ({ page, site, mint, visit }) => {
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

test('hands a kept token over before the call returns', async ({ page, site, mint, visit }) => {
  const token = await mint();
  site.serve('/token', json({ token }));
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
  site,
  mint,
  visit,
  watched,
}) => {
  watched.raises(/lost in the engagement/, /lost in the engagement/);
  const token = await mint();
  site.serve('/token', json({ token }));
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

test('reports a callback that throws at a kept token and at a refusal', async ({
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

test('ignores what is no callback', async ({ page, site, visit }) => {
  await visit();
  await page.evaluate(`
    for (const argument of [undefined, null, 'callback', 7, {}, [() => {}]]) authoriseChatWithCallback(argument);
    authoriseChatWithCallback();
  `);
  expect(await codes(page)).toEqual([]);
  expect(site.requests()).toHaveLength(0);
});

test('ignores further arguments and returns nothing', async ({ page, site, mint, visit }) => {
  const token = await mint();
  site.serve('/token', json({ token }));
  await visit();
  const seen = await page.evaluate(`new Promise((resolve) => {
    const callback = (...words) => resolve([words, returned === undefined]);
    const returned = authoriseChatWithCallback.call({}, callback, { code_challenge: 'x' });
  })`);
  expect(seen).toEqual([[token], true]);
});

test('refuses those who wait when it is disposed of, and whoever calls then', async ({
  page,
  site,
  create,
  watched,
}) => {
  watched.warns('disposed');
  const { behaviour, asked } = hold();
  site.serve('/token', behaviour);
  await create(`{ tokenEndpoint: '/token' }`);
  await page.evaluate(() => Object.assign(window, { method: window.authoriseChatWithCallback }));
  const waiting = page.evaluate(() => Promise.all([window.recorder.engage(), window.recorder.engage()]));
  await asked;
  await page.evaluate('bridge.dispose()');
  expect(await waiting).toEqual([refusal, refusal]);
  expect(await page.evaluate(() => 'authoriseChatWithCallback' in window)).toBe(false);
  expect(await engage(page, 'method')).toEqual(refusal);
  expect(await codes(page)).toEqual(['disposed', 'disposed']);
  await expect.poll(() => site.requests()[0]?.isAborted).toBe(true);
});

test('gives getToken what Live Assist gets, and a BridgeError where it is refused', async ({
  page,
  site,
  mint,
  create,
  watched,
}) => {
  watched.warns('forbidden');
  const token = await mint();
  site.serve('/token', status(403), json({ token }));
  await create(`{ tokenEndpoint: '/token' }`);
  const refused = await page.evaluate(`Promise.all([recorder.engage(), bridge.getToken().catch((error) =>
    [error instanceof liveAssistBridge.BridgeError, error.name, error.code, error.status])])`);
  expect(refused).toEqual([refusal, [true, 'BridgeError', 'forbidden', 403]]);
  expect(await page.evaluate('Promise.all([bridge.getToken(), recorder.engage()])')).toEqual([
    token,
    [token],
  ]);
  expect(site.requests()).toHaveLength(2);
});
