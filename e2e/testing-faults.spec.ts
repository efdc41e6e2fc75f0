import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from './testing/kit.js';
import { ada } from './testing/site.js';

test.describe('faults', () => {
  test.beforeEach(async ({ page, signIn }) => {
    await signIn(ada);
    await page.goto('/');
  });

  test('token endpoint down, and back', { tag: '@core' }, async ({ engagement, faults }) => {
    await faults.down();
    expect(await engagement.start()).toBeRefused('network');
    await faults.end();
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
  });

  test('401', async ({ engagement, faults }) => {
    await faults.status(401);
    expect(await engagement.start()).toBeRefused('signed-out');
  });

  test('403 with the endpoint’s own reason', async ({ engagement, faults }) => {
    await faults.status(403, { error: 'no-contact' });
    expect(await engagement.start()).toBeRefused('no-contact');
  });

  test('500', async ({ engagement, faults }) => {
    await faults.status(500);
    expect(await engagement.start()).toBeRefused('endpoint-failed');
  });

  test('HTML sign-in page', async ({ engagement, faults }) => {
    await faults.loginPage();
    expect(await engagement.start()).toBeRefused('not-a-token');
  });

  test('redirect', async ({ engagement, faults }) => {
    await faults.redirect();
    expect(await engagement.start()).toBeRefused('redirected');
  });

  test('slow, but in time', async ({ engagement, faults }) => {
    await faults.slow(7_000);
    const chat = await engagement.start();
    expect(chat).toBeAuthenticatedAs(ada);
    expect(chat.milliseconds).toBeGreaterThanOrEqual(7_000);
  });

  test('slow, but in time, on a machine that is slow itself', async ({ page, engagement, faults }) => {
    const { clock } = page;
    const runFor = clock.runFor.bind(clock);
    clock.runFor = async (milliseconds) => {
      await delay(150);
      await runFor(milliseconds);
    };
    await faults.slow(7_000);
    const chat = await engagement.start();
    expect(chat).toBeAuthenticatedAs(ada);
    expect(chat.milliseconds).toBeGreaterThanOrEqual(7_000);
  });

  test('too slow', async ({ engagement, faults }) => {
    await faults.slow(60_000);
    const chat = await engagement.start();
    expect(chat).toBeRefused('timeout');
    expect(chat.milliseconds).toBeGreaterThanOrEqual(8_000);
    expect(chat.milliseconds).toBeLessThan(9_000);
  });

  test('far too slow, and working again at once', async ({ engagement, faults }) => {
    await faults.slow(3_600_000);
    expect(await engagement.start()).toBeRefused('timeout');
    await faults.end();
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
  });

  test('slow for two requests, which wait through the same time', async ({ page, engagement, faults }) => {
    await faults.slow(5_000);
    const ahead = page.evaluate(async () => (await fetch('/token')).status);
    const chat = await engagement.start();
    expect(chat).toBeAuthenticatedAs(ada);
    expect(chat.milliseconds).toBeLessThan(7_000);
    expect(await ahead).toBe(200);
  });

  test('slow, on a page with a timer that throws', async ({ page, engagement, faults }) => {
    await faults.slow(3_000);
    await page.evaluate(() =>
      setInterval(() => {
        throw new Error('advert');
      }, 1000),
    );
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
  });

  for (const fault of ['down', 'offline'] as const)
    test(`${fault}, in a context that the test closes`, async ({ context, engagement, faults }) => {
      await faults[fault]();
      expect(await engagement.start()).toBeRefused('network');
      await context.close();
    });

  test('slow, and the visitor leaves before it ends, which counts as a request', async ({ page, faults }) => {
    await faults.slow(3_000);
    await page.evaluate(() => {
      window.authoriseChatWithCallback?.(() => {});
      setTimeout(() => location.reload(), 1_000);
    });
    await page.waitForEvent('load');
    await faults.end();
  });

  test('slow, on the clock that the test has installed', async ({ page, engagement, faults }) => {
    await page.clock.install({ time: '2040-01-01' });
    await faults.slow(3_000);
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
    expect(await page.evaluate(() => new Date().getUTCFullYear())).toBe(2040);
  });

  test('stalled body', async ({ engagement, faults }) => {
    await faults.stalledBody();
    const chat = await engagement.start();
    expect(chat).toBeRefused('timeout');
    expect(chat.milliseconds).toBeLessThan(9_000);
  });

  test.describe('with a limit longer than the test may take', () => {
    test.use({ liveAssist: async ({ liveAssist }, use) => use({ ...liveAssist, limit: 3_600_000 }) });

    test.beforeEach(({ page, site }) =>
      page.goto(
        site.own(`window.authoriseChatWithCallback = (cb) =>
          fetch('/token').then((answer) => answer.json()).then(({ token }) => cb(token))`),
      ),
    );

    test('slow, without real waiting', async ({ engagement, faults }) => {
      await faults.slow(1_800_000);
      const chat = await engagement.start();
      expect(chat).toBeAuthenticatedAs(ada);
      expect(chat.milliseconds).toBeGreaterThanOrEqual(1_800_000);
    });

    test('stalled body, without real waiting', async ({ engagement, faults }) => {
      await faults.stalledBody();
      expect(await engagement.start()).toMatchObject({
        outcome: 'no-answer',
        message: expect.stringMatching(/^The method did not call back within 3600000 ms\./),
      });
    });
  });

  test('expired token', async ({ engagement, faults }) => {
    await faults.expiredToken();
    expect(await engagement.start()).toBeRefused('token-expired');
  });

  test('foreign key, found by the key that was pasted', async ({ engagement, faults }) => {
    await faults.foreignKey();
    const chat = await engagement.start();
    expect(chat).toBeRefused('other-pair');
    expect(chat.message).toContain('liveAssist.publicKey');
    expect(chat.claims).toMatchObject({ sub: ada });
  });

  test.describe('without the key', () => {
    test.use({ liveAssist: { tokenEndpoint: '/token' } });

    test('a foreign key would not be noticed', async ({ engagement, faults }) => {
      await expect(faults.foreignKey()).rejects.toThrow('Set liveAssist.publicKey');
      expect(await engagement.start()).toBeAuthenticatedAs(ada);
    });
  });

  test('foreign key, whose token the page keeps', async ({ engagement, faults }) => {
    await faults.foreignKey();
    await engagement.start();
    await faults.end();
    const kept = await engagement.start();
    expect(kept).toMatchObject({
      code: 'other-pair',
      message:
        'This token is left over from the fault foreignKey. The page has kept it. Reload the page, or call askAgain().',
    });
    expect(await engagement.askAgain()).toBeAuthenticatedAs(ada);
  });

  for (const [fault, code] of [
    ['expiredToken', 'expired'],
    ['milliseconds', 'time-milliseconds'],
  ] as const)
    test(`${fault} on a page that does not check the token, without findings about the forgery`, async ({
      page,
      site,
      engagement,
      faults,
    }) => {
      await page.goto(
        site.own(
          "window.authoriseChatWithCallback = async (cb) => cb((await (await fetch('/token')).json()).token)",
        ),
      );
      await faults[fault]();
      const chat = await engagement.start();
      expect(chat).toBeRefused(code);
      expect(chat.message).not.toContain('signature');
    });

  test('refuses what cannot be played as a fault', async ({ faults }) => {
    await expect(faults.status(99)).rejects.toThrow('Give a whole number from 200 to 599');
    // @ts-expect-error: not a number
    await expect(faults.slow('7s')).rejects.toThrow('faults.slow() was given "7s". Give milliseconds');
    await expect(faults.clockSkew(Number.NaN)).rejects.toThrow('faults.clockSkew()');
  });

  test('milliseconds', async ({ engagement, faults }) => {
    await faults.milliseconds();
    expect(await engagement.start()).toBeRefused('wrong-claims');
  });

  test('offline', async ({ engagement, faults }) => {
    await faults.offline();
    expect(await engagement.start()).toBeRefused('network');
    await faults.end();
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
  });

  for (const hours of [-30, 30])
    test(`clock ${hours} hours wrong, which does no harm`, async ({ page, engagement, faults }) => {
      await faults.clockSkew(hours * 3600_000);
      const wrong = await page.evaluate(() => Date.now());
      expect(Math.abs(wrong - Date.now() - hours * 3600_000)).toBeLessThan(60_000);
      expect(await engagement.start()).toBeAuthenticatedAs(ada);
    });

  test('clock wrong, and the endpoint slow as well', async ({ page, engagement, faults }) => {
    await faults.clockSkew(-30 * 3600_000);
    await faults.slow(3_000);
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
    expect(await page.evaluate(() => Date.now())).toBeLessThan(Date.now() - 29 * 3600_000);
  });

  test('a second tab that signs out', async ({ page, engagement, faults }) => {
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
    await faults.signOutInOtherTab(async (tab) => {
      await tab.goto('/');
      expect(await page.evaluate(() => [document.hidden, document.visibilityState])).toEqual([
        true,
        'hidden',
      ]);
      await tab.context().clearCookies();
    });
    expect(await page.evaluate(() => [document.hidden, document.visibilityState])).toEqual([
      false,
      'visible',
    ]);
    expect(await engagement.start()).toBeRefused('signed-out');
  });

  test('a second tab in which the test itself fails, which is reported', async ({ page, faults }) => {
    const wrong = faults.signOutInOtherTab(async () => {
      await page.close();
      throw new Error('no such button');
    });
    await expect(wrong).rejects.toThrow('no such button');
  });

  test('a fault on another origin can be read as the endpoint itself', async ({ page, site, faults }) => {
    await page.goto(site.own('').replace('localhost', '127.0.0.1'));
    await faults.status(401);
    const status = await page.evaluate(async (url) => {
      const answer = await fetch(url, { credentials: 'include' });
      return answer.status;
    }, `${site.url}/token`);
    expect(status).toBe(401);
  });
});

test.describe('a fault that meets no request', () => {
  test.beforeEach(({ signIn, page }) => signIn(ada).then(() => page.goto('/')));

  test('is named, with the source of the token', async ({ page, engagement, faults }) => {
    await engagement.start();
    await faults.down();
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
    await page.evaluate(() => fetch('/other?secret').then(String));
    await expect(faults.end()).rejects.toThrow(
      'The fault "down" met no request to /token. Was the token kept from before (reload the page, or call askAgain())? Is tokenEndpoint right? Or is nobody signed in on the page, so that it asks for none? Requests seen meanwhile: GET /other.',
    );
  });

  test("is named with a route of the test's own, which goes before it", async ({
    page,
    engagement,
    faults,
  }) => {
    await faults.down();
    await page.route('**/token', (route) => route.fulfill({ status: 401, json: {} }));
    expect(await engagement.start()).toBeRefused('signed-out');
    await expect(faults.end()).rejects.toThrow(
      'One was made, but another route answered it: page.route comes before a fault, and so does a later context.route. Call route.fallback()',
    );
  });

  test('is played after a route of the test that falls back', async ({ page, engagement, faults }) => {
    await page.route('**/token', (route) => route.fallback());
    await faults.down();
    expect(await engagement.start()).toBeRefused('network');
  });

  test('is named after unrouteAll()', async ({ context, engagement, faults }) => {
    await faults.down();
    await context.unrouteAll();
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
    await expect(faults.end()).rejects.toThrow('did context.unrouteAll() remove the fault?');
  });

  test('is named with the redirect that led there', async ({ page, faults }) => {
    await faults.down();
    await page.evaluate(() => fetch('/moved').then(String));
    await expect(faults.end()).rejects.toThrow(
      'One was made, by a redirect from /moved, and faults play on first requests only.',
    );
  });

  test('is named even if another page has met it', async ({ page, context, engagement, faults }) => {
    await engagement.start();
    await faults.down();
    const popup = await context.newPage();
    await popup.goto(page.url());
    expect(await popup.evaluate(() => fetch('/token').catch(() => 'refused'))).toBe('refused');
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
    await expect(faults.end()).rejects.toThrow('The fault "down" met no request to /token.');
  });

  test('is named when the next fault begins', async ({ faults }) => {
    await faults.status(500);
    await expect(faults.status(401)).rejects.toThrow('"status 500" met no request');
  });

  test('fails the test', async ({ faults }) => {
    await faults.offline();
    test.fail();
  });

  test('names a service worker that answered in its place', async ({ page, site, engagement, faults }) => {
    await page.goto(site.own(''));
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/worker.js');
      await navigator.serviceWorker.ready;
    });
    await page.goto('/');
    for (const begin of [() => faults.status(500), faults.down, () => faults.slow(2_000)]) {
      await begin();
      expect(await engagement.start()).toBeRefused('signed-out');
      await expect(faults.end()).rejects.toThrow(
        `The service worker ${site.url}/worker.js answered in its place. Set serviceWorkers: 'block'`,
      );
    }
  });

  test('says that it cannot stall a request without fetch', async ({ page, faults }) => {
    await faults.stalledBody();
    const status = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = new XMLHttpRequest();
          request.onload = () => resolve(request.status);
          request.open('GET', '/token');
          request.send();
        }),
    );
    expect(status).toBe(200);
    await expect(faults.end()).rejects.toThrow('Only the body of a fetch() can be made to stall');
  });

  test('says why it could not be played', async ({ context, engagement, faults }) => {
    await context.clearCookies();
    await faults.expiredToken();
    expect(await engagement.start()).toBeRefused('signed-out');
    await expect(faults.end()).rejects.toThrow('The endpoint answered 401 without a token');
  });
});

test.describe('a token endpoint with a whole address', () => {
  test.use({
    liveAssist: ({ site }, use) => use({ tokenEndpoint: `${site.url}/token?visitor=me` }),
  });

  test('is met there, with any query', async ({ page, engagement, faults }) => {
    await page.goto('/');
    await faults.status(403, { error: 'no-contact' });
    expect(await engagement.start()).toBeRefused('no-contact');
  });

  test('is not met on another host', async ({ page, site, engagement, faults }) => {
    await page.goto(site.url.replace('localhost', '127.0.0.1'));
    await faults.down();
    expect(await engagement.start()).toBeRefused('signed-out');
    await expect(faults.end()).rejects.toThrow(`met no request to ${site.url}/token`);
  });
});

test.describe('a token endpoint that answers two tokens', () => {
  test.use({ liveAssist: async ({ liveAssist }, use) => use({ ...liveAssist, tokenEndpoint: '/tokens' }) });

  test('forges both of them', async ({ page, site, engagement, faults }) => {
    await page.goto(
      site.own(
        `window.authoriseChatWithCallback = async (cb) => cb((await (await fetch('/tokens')).json()).token)`,
      ),
    );
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
    await faults.expiredToken();
    expect(await engagement.start()).toBeRefused('expired');
  });
});

test.describe('without a token endpoint', () => {
  test.use({ liveAssist: {} });

  test('faults say what they need', async ({ faults }) => {
    await expect(faults.down()).rejects.toThrow('Set liveAssist.tokenEndpoint');
  });
});

test.describe('blockVendor', () => {
  const hosts = ['lptag.liveperson.net', 'chat.example.org', 'notliveperson.net'];
  const load = `Promise.all(${JSON.stringify(hosts)}.map((host) => fetch('http://' + host + '/', { mode: 'no-cors' }).catch(() => {})))`;

  test.use({ liveAssist: { blockVendor: ['example.org'] } });

  test('refuses the hosts of the vendor and the listed ones, and no others', async ({ page, site }) => {
    await page.goto(site.own(''));
    await page.goto('about:blank');
    const failures = new Map<string, string | undefined>();
    page.on('requestfailed', (request) =>
      failures.set(new URL(request.url()).hostname, request.failure()?.errorText),
    );
    await page.evaluate(load);
    await expect.poll(() => failures.size).toBe(3);
    // The error names of Chromium and Firefox, which differ for an unknown host.
    const blocked = /BLOCKED_BY_CLIENT|NS_ERROR_ABORT/;
    expect(failures.get('lptag.liveperson.net')).toMatch(blocked);
    expect(failures.get('chat.example.org')).toMatch(blocked);
    expect(failures.get('notliveperson.net')).not.toMatch(blocked);
  });
});
