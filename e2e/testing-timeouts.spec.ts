/**
 * Faults of time on pages whose method uses time limits other than timers.
 *
 * @module
 */
import { expect, test } from './testing/kit.js';
import { ada } from './testing/site.js';

const byRequest = (timeout: string) => `window.authoriseChatWithCallback = (callback) => {
  const request = new XMLHttpRequest();
  request.open('GET', '/token');
  request.onload = () => callback(JSON.parse(request.responseText).token);
  request.onerror = () => callback(null, 'failed');
  request.ontimeout = () => callback(null, 'timed out');
  ${timeout}
}`;

const bySignal = `window.authoriseChatWithCallback = (callback) => {
  fetch('/token', { signal: AbortSignal.timeout(5_000) })
    .then((answer) => answer.json())
    .then(({ token }) => callback(token), (error) => callback(null, error.name));
}`;

const ways: [string, string, string, number][] = [
  ['XMLHttpRequest.timeout', byRequest('request.timeout = 9_000; request.send();'), 'timed out', 9_000],
  [
    'XMLHttpRequest.timeout, set after sending',
    byRequest('request.send(); request.timeout = 9_000;'),
    'timed out',
    9_000,
  ],
  ['AbortSignal.timeout', bySignal, 'TimeoutError', 5_000],
];

test.beforeEach(({ signIn }) => signIn(ada));

for (const [name, script, reason, timeout] of ways)
  test.describe(name, () => {
    test('ends a request that is too slow on the page’s clock', async ({
      page,
      site,
      engagement,
      faults,
    }) => {
      await page.goto(site.own(script));
      await faults.slow(20_000);
      const chat = await engagement.start();
      expect(chat).toBeRefused();
      expect(chat.reason).toBe(reason);
      expect(chat.milliseconds).toBeGreaterThanOrEqual(timeout);
      expect(chat.milliseconds).toBeLessThan(10_000);
    });

    test('does not end a request that is in time, also on a later page', async ({
      page,
      site,
      engagement,
      faults,
    }) => {
      await faults.slow(timeout - 4_000);
      await page.goto(site.own(script));
      expect(await engagement.start()).toBeAuthenticatedAs(ada);
      expect(await page.evaluate('Object.assign(new XMLHttpRequest(), { timeout: "12" }).timeout')).toBe(12);
    });
  });

test('AbortSignal.timeout ends a body that stalls', async ({ page, site, engagement, faults }) => {
  await page.goto(site.own(bySignal));
  await faults.stalledBody();
  const chat = await engagement.start();
  expect(chat).toBeRefused();
  expect(chat.milliseconds).toBeGreaterThanOrEqual(5_000);
  expect(chat.milliseconds).toBeLessThan(10_000);
});

test('a synchronous XMLHttpRequest cannot be slowed down, and the message says so', async ({
  page,
  site,
  engagement,
  faults,
}) => {
  await page.goto(
    site.own(`window.authoriseChatWithCallback = (callback) => {
      const request = new XMLHttpRequest();
      request.open('GET', '/token', false);
      request.send();
      callback(JSON.parse(request.responseText).token);
    }`),
  );
  await faults.slow(20_000);
  expect(await engagement.start()).toBeAuthenticatedAs(ada);
  await expect(faults.end()).rejects.toThrow('Does it use a synchronous XMLHttpRequest?');
});
