import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect as baseExpect, test as baseTest, mergeExpects, mergeTests } from '@playwright/test';
import { createMinter, generateKeys } from 'live-assist-bridge/server';
import { expect as kitExpect, test as kitTest } from 'live-assist-bridge/testing/playwright';

const ada = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

/** The project's own test and expect, as they exist before the kit is added. */
const ownTest = baseTest.extend<{ home: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  home: async ({}, use) => {
    const { privateKey } = await generateKeys();
    const mint = await createMinter({ privateKey, issuer: 'www.example.com' });
    const tag = readFileSync(require.resolve('live-assist-bridge/live-assist-bridge.umd.js'));
    const page = '<!doctype html><script src="/bridge.js" data-token-endpoint="/token"></script>';
    const server = createServer(async ({ url }, response) => {
      if (url === '/bridge.js') response.setHeader('content-type', 'text/javascript').end(tag);
      else if (url === '/token')
        response.end(await mint({ id: ada, givenName: 'Ada', familyName: 'Lovelace' }));
      else response.setHeader('content-type', 'text/html').end(page);
    }).listen(0);
    await new Promise((resolve) => server.once('listening', resolve));
    await use(`http://localhost:${(server.address() as AddressInfo).port}/`);
    server.closeAllConnections();
    server.close();
  },
});
const ownExpect = baseExpect.extend({
  toBeEven: (value: number) => ({ pass: value % 2 === 0, message: () => `${value} is odd` }),
});

const test = mergeTests(ownTest, kitTest);
const expect = mergeExpects(ownExpect, kitExpect);

test.beforeEach(({ page, home }) => page.goto(home));

test('a chat starts authenticated, and again after the token has expired', async ({ engagement }) => {
  expect(2).toBeEven();
  expect(await engagement.start()).toBeAuthenticatedAs(ada);
  expect(await engagement.askAgain()).toBeAuthenticatedAs({ sub: ada, given_name: 'Ada' });
});

test('a stalled body is refused without real waiting', async ({ engagement, faults }) => {
  await faults.stalledBody();
  expect(await engagement.start()).toBeRefused('timeout');
});

test('a fault in a test that skips itself needs no request', async ({ faults }) => {
  await faults.down();
  test.skip(true, 'to be counted as skipped, not as failed');
});

test('a native timeout follows the page’s clock', async ({ page, engagement, faults }) => {
  await faults.slow(20_000);
  await page.evaluate(() => {
    const request = (callback: (token: null, reason: string) => void) =>
      fetch('/token', { signal: AbortSignal.timeout(5_000) }).catch((error) => callback(null, error.name));
    Reflect.set(window, 'authoriseChatWithCallback', request);
  });
  const chat = await engagement.start();
  expect(chat).toBeRefused();
  expect(chat.reason).toBe('TimeoutError');
});

test.describe('with a name of its own', () => {
  test.use({ liveAssist: { methodName: 'auth.getToken' } });

  test('the rest of the project still holds', async ({ page, engagement, faults }) => {
    await page.evaluate(() => {
      const getToken = (callback: (token: null, reason: string) => void) =>
        fetch('/token').catch(() => callback(null, 'down'));
      Reflect.set(window, 'auth', { getToken });
    });
    await faults.down();
    expect(await engagement.start()).toMatchObject({ outcome: 'refused', reason: 'down' });
  });
});

test('an expired token is refused', async ({ engagement, faults }) => {
  await faults.expiredToken();
  expect(await engagement.start()).toBeRefused('token-expired');
});

test('the window can be clicked', async ({ engagement }) => {
  const liveAssist = await engagement.show();
  await liveAssist.button.click();
  await expect(liveAssist.status).toHaveText('You are chatting as Ada Lovelace.');
});
