/**
 * The dotted name under which Live Assist looks the method up.
 *
 * @module
 */
import { engage, expect, tag, test } from './field.js';

for (const [what, before] of [
  ['whose parents do not exist yet', ''],
  ['whose first parent exists', 'window.portal = { user: 7 }'],
  ['whose parent is a function', 'window.portal = function () {}'],
  ['whose parent is an element of the page', 'document.write("<form id=portal></form>")'],
] as const) {
  test(`is found under a dotted name ${what}, and leaves nothing behind`, async ({
    page,
    serveTokens,
    open,
  }) => {
    const [token] = await serveTokens('visitor');
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
  ['is not an object', 'window.portal = "closed"'],
  ['is frozen', 'window.portal = Object.freeze({})'],
  ['cannot keep a function', 'window.portal = document.createElement("input"); var last = "value"'],
] as const) {
  test(`throws a TypeError at construction if the parent ${what}`, async ({ page, open }) => {
    await open(`${tag()}<script>${before};
      try { liveAssistBridge.createBridge({ tokenEndpoint: '/token', methodName: 'portal.' + (window.last ?? 'getToken') }) }
      catch (error) { var thrown = error }
    </script>`);
    expect(await page.evaluate('thrown instanceof TypeError')).toBe(true);
  });
}
