/**
 * toKeepTokensSecret: finds a token in every place where it may appear.
 *
 * @module
 */
import { stripVTControlCharacters } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, test } from './testing/kit.js';
import { ada } from './testing/site.js';

async function messageOf(page: Page): Promise<string> {
  const judged = await expect(page)
    .toKeepTokensSecret()
    .then(
      () => 'passed',
      (error) => stripVTControlCharacters(String(error)),
    );
  return judged;
}

test.beforeEach(({ signIn }) => signIn(ada));

test('passes if the token stays in memory', async ({ page, engagement }) => {
  await page.goto('/');
  expect(await engagement.start()).toBeAuthenticatedAs(ada);
  await expect(page).toKeepTokensSecret();
  expect(await expect(page).not.toKeepTokensSecret().catch(String)).toMatch(/all kept secret/);
});

test('fails if no token was seen, also with .not', async ({ page }) => {
  await page.goto('/');
  expect(await messageOf(page)).toMatch(/No token was seen in this test/);
  expect(await expect(page).not.toKeepTokensSecret().catch(String)).toMatch(/No token was seen/);
});

const get = `const { token } = await (await fetch('/token')).json();`;

for (const [where, script, found] of [
  ['the console', 'console.log(token)', /the console \(log\): the token of 3f2504e0/],
  [
    'an object on the console',
    "console.log({ deep: { token, padding: 'x'.repeat(200) } })",
    /the console \(log\)/,
  ],
  [
    'localStorage, and goes again',
    "localStorage.setItem('jwt', token); localStorage.clear()",
    /localStorage "jwt" on http/,
  ],
  ['localStorage, by assignment', 'localStorage.jwt = token', /localStorage "jwt"/],
  ['sessionStorage', "sessionStorage.setItem('a', JSON.stringify({ token }))", /sessionStorage "a"/],
  ['a cookie', "document.cookie = 'jwt=' + token", /cookie.* that scripts can read|which scripts can read/],
  [
    'the address, and goes again',
    "history.replaceState(null, '', '?jwt=' + token); history.replaceState(null, '', '/')",
    /the address of a page/,
  ],
  ['the address of a request', "await fetch('/slow?ms=0&jwt=' + token)", /the address of a request/],
  [
    'an attribute, and goes again',
    'document.body.dataset.jwt = token; await 0; delete document.body.dataset.jwt',
    /the attribute data-jwt/,
  ],
  ['a shadow root', "document.body.attachShadow({ mode: 'open' }).append(token)", /the document/],
  [
    'a field',
    "document.body.append(Object.assign(document.createElement('input'), { value: token }))",
    /a field of the document/,
  ],
  ['an uncaught exception', 'setTimeout(() => { throw new Error(token) })', /exception|the console/],
  [
    'IndexedDB',
    "await new Promise((resolve) => { const open = indexedDB.open('db', 1); open.onupgradeneeded = () => open.result.createObjectStore('s').put({ token }, 1); open.onsuccess = resolve })",
    /IndexedDB/,
  ],
  ['base64', "sessionStorage.setItem('a', btoa(JSON.stringify({ x: 1, token })))", /sessionStorage "a"/],
  ['base64 on the console', 'console.log(btoa(token))', /the console \(log\): the token of 3f2504e0/],
  [
    'parts',
    "token.split('.').forEach((part, index) => localStorage.setItem('part' + index, part))",
    /"part2"/,
  ],
  ['a cookie, encoded', "document.cookie = 'jwt=' + encodeURIComponent(btoa(' ' + token))", /cookie/],
  ['a cache', "await (await caches.open('api')).put('/x', new Response(token))", /the cache "api"/],
] as const)
  test(`finds a token in ${where}`, async ({ page, site }) => {
    await page.goto(site.own(''));
    await page.evaluate(`(async () => { ${get} ${script} })()`);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    const message = await messageOf(page);
    expect(message).toMatch(found);
    expect(message).not.toContain('eyJ');
  });

test('finds a token that another page of the context has shown, even if that page is closed', async ({
  page,
  context,
  site,
  engagement,
}) => {
  await page.goto('/');
  await engagement.start();
  const tab = await context.newPage();
  await tab.goto(site.own(''));
  await tab.evaluate(`(async () => { ${get} document.title = token })()`);
  await tab.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  await tab.close();
  expect(await messageOf(page)).toMatch(/the document|the text of the document/);
});

test('knows tokens whose header was written with blanks', async ({ page, engagement }) => {
  const part = (text: string) => Buffer.from(text).toString('base64url');
  const token = `${part('{ "alg": "RS256" }')}.${part(`{\n"sub":"${ada}"}`)}.${'A'.repeat(342)}`;
  await page.route('**/token', (route) => route.fulfill({ json: { token } }));
  await page.goto('/');
  await page.evaluate(`(async () => { ${get} localStorage.setItem('jwt', token) })()`);
  await engagement.attach();
  expect(await messageOf(page)).toMatch(/localStorage "jwt".*the token of 3f2504e0/);
});

test('ignores another token of the site', async ({ page, engagement }) => {
  await page.goto('/');
  await page.evaluate(() => {
    localStorage.setItem(
      'access',
      `${btoa('{"alg":"none"}')}.${btoa('{"sub":"x"}')}.c2lnbmF0dXJl`.replaceAll('=', ''),
    );
  });
  expect(await engagement.start()).toBeAuthenticatedAs(ada);
  await expect(page).toKeepTokensSecret();
});
