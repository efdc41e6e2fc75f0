/**
 * The page is left, or a service worker intervenes, during a request.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { hang, hold, html, json, redirect, reply } from './misbehave.js';
import type { Behaviour } from './site.js';

test('refuses waiting callers and aborts the request when the page is left', { tag: '@core' }, async ({
  page,
  site,
  create,
}) => {
  site.serve('/token', hang);
  site.serve('/elsewhere', html('<title>Elsewhere</title>'));
  await create(`{ tokenEndpoint: '/token', onError() {} }`);
  await page.evaluate(() => {
    const note = () => sessionStorage.setItem('answers', `${sessionStorage.getItem('answers') ?? ''}|`);
    for (let call = 0; call < 3; call++) void window.recorder.engage(undefined, note);
  });
  await expect.poll(() => site.requests().length).toBe(1);
  await page.goto(`${site.origin}/elsewhere`);
  expect(await page.evaluate(() => sessionStorage.getItem('answers'))).toBe('|||');
  await expect.poll(() => site.requests()[0]?.isAborted).toBe(true);
});

test('continues when the visitor only downloads a file', async ({ page, site, mint, visit }) => {
  const token = await mint();
  const { behaviour, asked, release } = hold();
  site.serve('/token', behaviour);
  site.serve('/invoice', reply('%PDF', { 'Content-Disposition': 'attachment; filename="invoice.pdf"' }));
  await visit();
  const answer = engage(page);
  await asked;
  const download = page.waitForEvent('download');
  await page.evaluate(() => location.assign('/invoice'));
  await (await download).cancel();
  release(json({ token }));
  expect(await answer).toEqual([token]);
});

test('a tab that is closed aborts its request', async ({ page, site, create }) => {
  site.serve('/token', hang);
  await create(`{ tokenEndpoint: '/token', onError() {} }`);
  await page.evaluate(() => void window.recorder.engage());
  await expect.poll(() => site.requests().length).toBe(1);
  await page.close();
  await expect.poll(() => site.requests()[0]?.isAborted).toBe(true);
});

const passes = 'event.respondWith(fetch(event.request))';
const follows = 'event.respondWith(fetch(event.request.url))';

const script =
  (body: string): Behaviour =>
  (response) =>
    response
      .writeHead(200, { 'Content-Type': 'text/javascript' })
      .end(`onfetch = (event) => { if (new URL(event.request.url).pathname === '/token') ${body} };
        oninstall = () => skipWaiting(); onactivate = (event) => event.waitUntil(clients.claim());`);

test.describe('behind a service worker', () => {
  test.beforeEach(async ({ page, site, visit }) => {
    await visit();
    site.serve('/worker.js', script(passes));
    site.serve('/worker-that-follows.js', script(follows));
    await page.evaluate(() => {
      const start = async (url: string) => {
        await navigator.serviceWorker.register(url);
        await new Promise((resolve) => {
          if (navigator.serviceWorker.controller) resolve(undefined);
          else navigator.serviceWorker.addEventListener('controllerchange', resolve);
        });
      };
      Object.assign(window, { start });
    });
  });

  test('that passes everything on, delivers the token', async ({ page, serveTokens }) => {
    const [token] = await serveTokens('visitor');
    await page.evaluate('start("/worker.js")');
    expect(await engage(page)).toEqual([token]);
  });

  test('that passes everything on, refuses a redirect', async ({ page, site, watched }) => {
    watched.warns('redirected');
    site.serve('/token', redirect('/login'));
    await page.evaluate('start("/worker.js")');
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['redirected']);
    expect(site.requests('/login')).toHaveLength(0);
  });

  test('that follows redirects, delivers nothing from the target', async ({ page, site, mint, watched }) => {
    watched.warns('network');
    site.serve('/token', redirect('/elsewhere'));
    site.serve('/elsewhere', json({ token: await mint() }));
    await page.evaluate('start("/worker-that-follows.js")');
    expect(await engage(page)).toEqual(refusal);
  });
});
