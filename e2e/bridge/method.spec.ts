/** The method on `window`: put there beside others, found by its dotted name, taken off again. */
import { engage, expect, refusal, tag, test } from './field.js';
import { hang, json } from './misbehave.js';

const name = 'authoriseChatWithCallback';
const installed = `${tag()}<script>var bridge = liveAssistBridge.createBridge({ tokenEndpoint: '/token' })</script>`;

for (const [what, before] of [
  ['whose parents do not exist yet', ''],
  ['whose first parent exists', 'window.portal = { user: 7 }'],
  ['whose parent is a function', 'window.portal = function () {}'],
  ['whose parent is an element of the page', 'document.write("<form id=portal></form>")'],
] as const) {
  test(`is found under a dotted name ${what}, and leaves no trace of itself`, async ({
    page,
    site,
    mint,
    open,
  }) => {
    const token = await mint();
    site.serve('/token', json({ token }));
    await open(
      `<body><script>${before}</script>${tag({ tokenEndpoint: '/token', methodName: 'portal.auth.getToken' })}`,
    );
    expect(await engage(page, 'portal.auth.getToken')).toEqual([token]);
    await page.evaluate('liveAssistBridge.bridge.dispose()');
    expect(await page.evaluate('"getToken" in portal.auth')).toBe(false);
  });
}

for (const path of [
  '__proto__',
  'auth.__proto__.x',
  'prototype.x',
  'auth.prototype',
  'constructor',
  'a.constructor.b',
]) {
  test(`refuses the name ${path} with a TypeError and touches no prototype`, async ({ page, open }) => {
    await open(`${tag()}<script>
      const names = () => [Object, Function].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype));
      const before = names();
      try { liveAssistBridge.createBridge({ tokenEndpoint: '/token', methodName: '${path}' }) }
      catch (error) { var thrown = error }
      var added = names().filter((name) => !before.includes(name));
    </script>`);
    expect(await page.evaluate('[thrown instanceof TypeError, added]')).toEqual([true, []]);
  });
}

for (const [what, before] of [
  ['is no object', 'window.portal = "closed"'],
  ['is frozen', 'window.portal = Object.freeze({})'],
] as const) {
  test(`throws a TypeError at construction when the parent ${what}`, async ({ page, open }) => {
    await open(`${tag()}<script>${before};
      try { liveAssistBridge.createBridge({ tokenEndpoint: '/token', methodName: 'portal.getToken' }) }
      catch (error) { var thrown = error }
    </script>`);
    expect(await page.evaluate('thrown instanceof TypeError')).toBe(true);
  });
}

test("replaces another script's function with one warning, and dispose restores it", async ({
  page,
  site,
  mint,
  open,
  watched,
}) => {
  watched.warns(/authoriseChatWithCallback.*another script/);
  const token = await mint();
  site.serve('/token', json({ token }));
  await open(
    `<script>window.${name} = function theirs(callback) { callback('theirs') }</script>${installed}`,
  );
  expect(await engage(page)).toEqual([token]);
  await page.evaluate('bridge.dispose()');
  expect(await engage(page)).toEqual(['theirs']);
});

test('leaves a function alone that another script has put there afterwards', async ({ page, open }) => {
  await open(
    `${installed}<script>window.${name} = function theirs(callback) { callback('theirs') }</script>`,
  );
  await page.evaluate('bridge.dispose()');
  expect(await engage(page)).toEqual(['theirs']);
});

test('still answers through a function that another script has wrapped around it', async ({
  page,
  site,
  mint,
  open,
}) => {
  const token = await mint();
  site.serve('/token', json({ token }));
  await open(`${installed}<script>
    const inner = window.${name};
    window.${name} = function (callback) { inner(callback) };
  </script>`);
  expect(await engage(page)).toEqual([token]);
});

test('replaces what is no function without a word', async ({ page, site, mint, open }) => {
  const token = await mint();
  site.serve('/token', json({ token }));
  await open(`<body><form id="${name}"></form>${tag({ tokenEndpoint: '/token' })}`);
  expect(await engage(page)).toEqual([token]);
});

test('survives the double effects of StrictMode: create, dispose, create', async ({
  page,
  site,
  mint,
  open,
}) => {
  const token = await mint();
  site.serve('/token', json({ token }));
  await open(`${tag()}<script>
    const effect = () => liveAssistBridge.createBridge({ tokenEndpoint: '/token' });
    effect().dispose();
    var bridge = effect();
  </script>`);
  expect(await engage(page)).toEqual([token]);
  await page.evaluate('bridge.dispose()');
  expect(await page.evaluate((method) => method in window, name)).toBe(false);
});

test('lets a newer bridge replace an older one silently, whose late dispose changes nothing', async ({
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

test('gives the method back to an older bridge that is still there', async ({ page, site, mint, open }) => {
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
  test(`is disposed of where the page has declared ${what}, and answers who waits`, async ({
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

test('dispose twice is dispose once', async ({ page, open }) => {
  await open(installed);
  await page.evaluate(
    `bridge.dispose(); window.${name} = (callback) => callback('theirs'); bridge.dispose()`,
  );
  expect(await engage(page)).toEqual(['theirs']);
});
