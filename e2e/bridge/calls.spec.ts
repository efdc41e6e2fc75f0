/**
 * What counts as a call, and what happens to calls after the bridge is disposed of.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { hold, json, status } from './misbehave.js';

test('ignores a value that is not a callback', async ({ page, site, visit }) => {
  await visit();
  await page.evaluate(`
    for (const argument of [undefined, null, 'callback', 7, {}, [() => {}]]) authoriseChatWithCallback(argument);
    authoriseChatWithCallback();
  `);
  expect(await codes(page)).toEqual([]);
  expect(site.requests()).toHaveLength(0);
});

test('ignores further arguments and returns nothing', async ({ page, serveTokens, visit }) => {
  const [token] = await serveTokens('visitor');
  await visit();
  const seen = await page.evaluate(`new Promise((resolve) => {
    const callback = (...words) => resolve([words, returned === undefined]);
    const returned = authoriseChatWithCallback.call({}, callback, { code_challenge: 'x' });
  })`);
  expect(seen).toEqual([[token], true]);
});

test('refuses waiting and later callers when it is disposed of', async ({ page, site, create, watched }) => {
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

test('getToken resolves to the token that Live Assist gets, or rejects with a BridgeError', {
  tag: '@core',
}, async ({ page, site, mint, create, watched }) => {
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
