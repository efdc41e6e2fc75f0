/**
 * The method on `window`: defined beside others, replaced by newer ones, and removed.
 *
 * @module
 */
import { engage, expect, refusal, tag, test } from './field.js';
import { hang, json } from './misbehave.js';

const name = 'authoriseChatWithCallback';
const installed = `${tag()}<script>var bridge = liveAssistBridge.createBridge({ tokenEndpoint: '/token' })</script>`;

test("replaces another script's function with one warning, and dispose restores it", {
  tag: '@core',
}, async ({ page, serveTokens, open, watched }) => {
  watched.warns(/authoriseChatWithCallback.*another script/);
  const [token] = await serveTokens('visitor');
  await open(
    `<script>window.${name} = function theirs(callback) { callback('theirs') }</script>${installed}`,
  );
  expect(await engage(page)).toEqual([token]);
  await page.evaluate('bridge.dispose()');
  expect(await engage(page)).toEqual(['theirs']);
});

test('leaves a function alone that another script has defined afterwards', async ({ page, open }) => {
  await open(
    `${installed}<script>window.${name} = function theirs(callback) { callback('theirs') }</script>`,
  );
  await page.evaluate('bridge.dispose()');
  expect(await engage(page)).toEqual(['theirs']);
});

test('still answers through a function that another script has wrapped around it', async ({
  page,
  serveTokens,
  open,
}) => {
  const [token] = await serveTokens('visitor');
  await open(`${installed}<script>
    const inner = window.${name};
    window.${name} = function (callback) { inner(callback) };
  </script>`);
  expect(await engage(page)).toEqual([token]);
});

test('silently replaces a value that is not a function', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(`<body><form id="${name}"></form>${tag({ tokenEndpoint: '/token' })}`);
  expect(await engage(page)).toEqual([token]);
});

test('survives the double effects of StrictMode: create, dispose, create', async ({
  page,
  serveTokens,
  open,
}) => {
  const [token] = await serveTokens('visitor');
  await open(`${tag()}<script>
    const effect = () => liveAssistBridge.createBridge({ tokenEndpoint: '/token' });
    effect().dispose();
    var bridge = effect();
  </script>`);
  expect(await engage(page)).toEqual([token]);
  await page.evaluate('bridge.dispose()');
  expect(await page.evaluate((method) => method in window, name)).toBe(false);
});

test('lets a newer bridge silently replace an older one, whose late dispose changes nothing', async ({
  page,
  site,
  mint,
  open,
}) => {
  const [older, newer] = [await mint({ sub: 'older' }), await mint({ sub: 'newer' })];
  site.serve('/older', json({ token: older }));
  site.serve('/newer', json({ token: newer }));
  await open(`${tag()}<script>
    var older = liveAssistBridge.createBridge({ tokenEndpoint: '/older' });
    var newer = liveAssistBridge.createBridge({ tokenEndpoint: '/newer' });
  </script>`);
  expect(await engage(page)).toEqual([newer]);
  await page.evaluate('older.dispose()');
  expect(await engage(page)).toEqual([newer]);
  await page.evaluate('newer.dispose()');
  expect(await page.evaluate((method) => method in window, name)).toBe(false);
});

test('gives the method back to an older bridge that still exists', async ({ page, site, mint, open }) => {
  const token = await mint();
  site.serve('/older', json({ token }));
  await open(`${tag()}<script>
    liveAssistBridge.createBridge({ tokenEndpoint: '/older' });
    liveAssistBridge.createBridge({ tokenEndpoint: '/newer' }).dispose();
  </script>`);
  expect(await engage(page)).toEqual([token]);
});

for (const [what, before] of [
  ['an empty variable', `var ${name};`],
  ['a stub that was declared', `function ${name}(cb) { (${name}.q ||= []).push(cb) }`],
] as const) {
  test(`is disposed of on a page that has declared ${what}, and answers waiting callers`, async ({
    page,
    site,
    open,
    watched,
  }) => {
    watched.warns('disposed');
    site.serve('/token', hang);
    await open(`<script>${before}</script>${installed}`);
    const answer = await page.evaluate(
      '(() => { const answer = recorder.engage(); bridge.dispose(); return answer })()',
    );
    expect(answer).toEqual(refusal);
    expect(await page.evaluate((method) => Reflect.get(window, method), name)).toBeUndefined();
  });
}

test('a second dispose changes nothing', async ({ page, open }) => {
  await open(installed);
  await page.evaluate(
    `bridge.dispose(); window.${name} = (callback) => callback('theirs'); bridge.dispose()`,
  );
  expect(await engage(page)).toEqual(['theirs']);
});
