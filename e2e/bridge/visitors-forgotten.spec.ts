/**
 * `forgetToken`: the kept token is dropped, and the answer of a pending request is discarded.
 *
 * @module
 */
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { hold, json } from './misbehave.js';

test('forgetToken forgets the kept token', { tag: '@core' }, async ({ page, serveTokens, create }) => {
  const [former, present] = await serveTokens('former', 'present');
  await create(`{ tokenEndpoint: '/token' }`);
  expect(await engage(page)).toEqual([former]);
  await page.evaluate('bridge.forgetToken()');
  expect(await engage(page)).toEqual([present]);
});

test('forgetToken refuses waiting callers and discards the answer to their request', async ({
  page,
  site,
  mint,
  create,
  watched,
}) => {
  watched.warns('visitor-changed');
  const { behaviour, asked, release } = hold();
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', behaviour, json({ token: present }));
  await create(`{ tokenEndpoint: '/token' }`);
  const waiting = engage(page);
  await asked;
  await page.evaluate('bridge.forgetToken()');
  expect(await waiting).toEqual(refusal);
  await expect.poll(() => site.requests()[0]?.isAborted).toBe(true);
  release(json({ token: former }));
  expect(await engage(page)).toEqual([present]);
  expect(await engage(page)).toEqual([present]);
  expect(await codes(page)).toEqual(['visitor-changed']);
});

test('neither delivers nor keeps what fetchToken returns for a former visitor', async ({
  page,
  mint,
  create,
  watched,
}) => {
  watched.warns('visitor-changed');
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  await create('{ fetchToken: () => new Promise((resolve) => (window.answers ??= []).push(resolve)) }');
  const answer = await page.evaluate(
    `(async () => {
      const waiting = recorder.engage();
      bridge.forgetToken();
      const next = recorder.engage();
      answers[0](${JSON.stringify(former)});
      await new Promise((resolve) => setTimeout(resolve));
      answers[1](${JSON.stringify(present)});
      return [await waiting, await next, await recorder.engage()];
    })()`,
  );
  expect(answer).toEqual([refusal, [present], [present]]);
});

for (const [name, options] of [
  ['fetchToken', '{ fetchToken: async () => { notice(); return window.token ?? null } }'],
  ['headers()', "{ tokenEndpoint: '/token', headers: () => { notice(); return {} } }"],
  ['visitor()', "{ tokenEndpoint: '/token', visitor: () => { notice(); return window.token && 'ada' } }"],
] as const) {
  test(`asks again after ${name} has noticed a sign-out and forgotten the token`, async ({
    page,
    serveTokens,
    open,
  }) => {
    const [token] = await serveTokens('visitor');
    await open(`${tag()}<script>
      const notice = () => { if (!window.token) bridge.forgetToken() };
      var bridge = liveAssistBridge.createBridge({ onError() {}, ...${options} });
    </script>`);
    await engage(page);
    await page.evaluate((text) => Object.assign(window, { token: text }), token);
    expect(await engage(page)).toEqual([token]);
  });
}
