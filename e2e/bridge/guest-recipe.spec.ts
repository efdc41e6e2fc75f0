/**
 * The documented way for a guest who clicks: to the sign-in page, and back to the chat.
 *
 * @module
 */
import { example } from '../../test/docs/pages.js';
import { expect, tag, test } from './field.js';
import { html, json } from './misbehave.js';

const endpoint = { tokenEndpoint: '/token' };

test('takes a guest to the sign-in page and back to the chat in two clicks', async ({ page, site, mint }) => {
  const token = await mint();
  let isSignedIn = false;
  site.serve('/token', (response, request) =>
    isSignedIn ? json({ token })(response, request) : response.writeHead(401).end(),
  );
  site.serve(
    '/account',
    html(`<!doctype html>${tag(endpoint)}<script>${example('guest-sign-in.js')}</script>
      <button onclick="authoriseChatWithCallback((token) => { document.title = token })">Chat</button>`),
  );
  site.serve(
    '/sign-in',
    html(`<!doctype html><script>${example('return-path.js')}</script>
      <button onclick="fetch('/session').then(() =>
        location.assign(returnPath(new URLSearchParams(location.search).get('return'))))">Sign in</button>`),
  );
  site.serve('/session', (response) => {
    isSignedIn = true;
    response.end();
  });

  await page.goto(`${site.origin}/account?tab=bills`);
  await page.click('text=Chat');
  await page.waitForURL(`${site.origin}/sign-in?return=%2Faccount%3Ftab%3Dbills`);
  await page.click('text=Sign in');
  await page.waitForURL(`${site.origin}/account?tab=bills`);
  await page.click('text=Chat');
  await expect(page).toHaveTitle(token);
});

test('redirects nobody for whom a token was only requested ahead', async ({ page, site, open }) => {
  site.serve('/token', (response) => response.writeHead(401).end());
  await open(`${tag(endpoint)}<script>${example('guest-sign-in.js')}</script>`);
  expect(await page.evaluate('liveAssistBridge.bridge.getToken().catch(({ code }) => code)')).toBe(
    'signed-out',
  );
  expect(new URL(page.url()).pathname).toBe('/');
});

test('returns to paths of this origin only', async ({ page, open }) => {
  await open(`<script>${example('return-path.js')}</script>`);
  const lead = (given: string | null) =>
    page.evaluate(
      (address) =>
        (window as unknown as Window & { returnPath(given: string | null): string }).returnPath(address),
      given,
    );
  for (const path of ['/', '/account?tab=bills', '/a//b', '/sign-in'])
    expect(await lead(path), path).toBe(path);
  for (const hostile of [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '\t//evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'account',
    '',
    null,
  ])
    expect(await lead(hostile), String(hostile)).toBe('/');
});
