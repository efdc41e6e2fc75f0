import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from './testing/kit.js';
import { ada } from './testing/site.js';

const other = '00000000-0000-4000-8000-000000000001';

/** An origin that refuses connections. Firefox does not even try ports such as 9. */
async function closedOrigin(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** The message with which `judge` fails, without its colours. */
function messageOf(judge: () => void): string {
  try {
    judge();
  } catch (error) {
    return stripVTControlCharacters(String(error));
  }
  throw new Error('It should have failed.');
}

test.describe('start', () => {
  test('authenticates the signed-in visitor, under a strict policy', { tag: '@core' }, async ({
    page,
    engagement,
    signIn,
  }) => {
    await signIn(ada);
    await page.goto('/');
    const chat = await engagement.start();
    expect(chat).toBeAuthenticatedAs(ada);
    expect(chat).toBeAuthenticatedAs(`{${ada.toUpperCase()}}`);
    expect(chat).toBeAuthenticatedAs({ given_name: 'Ada', iss: expect.stringContaining('example') });
    expect(chat).not.toBeAuthenticatedAs(other);
    expect(chat).not.toBeRefused();
    expect(chat.milliseconds).toBeGreaterThan(0);
    expect(chat.token).toMatch(/^eyJ/);
  });

  test('says that no page is open', async ({ engagement }) => {
    const chat = await engagement.start();
    expect(chat).toMatchObject({
      outcome: 'method-missing',
      message: expect.stringContaining('about:blank'),
    });
  });

  test.describe('with a text that is not a key', () => {
    test.use({ liveAssist: { publicKey: 'MIIB' } });

    test('names the option', async ({ page, engagement, signIn }) => {
      await signIn(ada);
      await page.goto('/');
      await expect(engagement.start()).rejects.toThrow(/^liveAssist\.publicKey cannot be used\. /);
    });
  });

  test('names the person who is authenticated instead', async ({ page, engagement, signIn }) => {
    await signIn(ada);
    await page.goto('/');
    const chat = await engagement.start();
    expect(messageOf(() => expect(chat).toBeAuthenticatedAs(other))).toMatch(
      /Step 2 of 8 failed: the site finds[\s\S]*another contact[\s\S]*"sub" is "3f2504e0/,
    );
    expect(messageOf(() => expect(chat).toBeAuthenticatedAs({ sub: ada, given_name: 'Grace' }))).toMatch(
      /Step 3 of 8 failed: the site builds[\s\S]*"given_name" is "Ada"/,
    );
    expect(messageOf(() => expect(chat).toBeAuthenticatedAs({ tier: 'gold' }))).toMatch(
      /no claim "tier". It has sub, /,
    );
    expect(messageOf(() => expect(chat).not.toBeAuthenticatedAs({ tier: 'gold' }))).toMatch(
      /no claim "tier", so this would pass whoever the visitor is\. It has sub, /,
    );
    expect(chat).not.toBeAuthenticatedAs({ given_name: 'Grace' });
    expect(messageOf(() => expect(chat).not.toBeAuthenticatedAs(ada))).toMatch(/not authenticated/);
    expect(messageOf(() => expect(chat).toBeAuthenticatedAs({}))).toMatch(/was given no expectation/);
    expect(messageOf(() => expect(chat).toBeRefused())).toMatch(/Received: "authenticated as 3f2504e0/);
  });

  test('recognises a token that was handed over before, and says which step kept it too long', async ({
    page,
    engagement,
    signIn,
  }) => {
    await signIn(ada);
    await page.goto('/');
    const first = await engagement.start();
    expect(messageOf(() => expect(first).toBeRefused('signed-out'))).toMatch(/Has the test signed out\?/);
    const kept = await engagement.start();
    expect([first.isRepeated, kept.isRepeated]).toEqual([false, true]);
    const step = /Step 4 of 8 failed: [\s\S]*same token as before[\s\S]*forgetToken\(\)/;
    expect(messageOf(() => expect(kept).toBeRefused('signed-out'))).toMatch(step);
    expect(messageOf(() => expect(kept).toBeAuthenticatedAs(other))).toMatch(step);
  });

  test('says that a page without the bridge has no codes', async ({ page, site, engagement }) => {
    await page.goto(site.own("window.authoriseChatWithCallback = (cb) => cb(null, 'no')"));
    const chat = await engagement.start();
    expect(chat).toBeRefused();
    expect(messageOf(() => expect(chat).toBeRefused('network'))).toMatch(/The page gave no code/);
  });

  test('learns the code of the bridge', async ({ page, engagement }) => {
    await page.goto('/');
    const chat = await engagement.start();
    expect(chat).toBeRefused('signed-out');
    expect(chat).not.toBeAuthenticatedAs(ada);
    expect(chat).toMatchObject({ step: 1, reason: 'Unable to generate key' });
    expect(messageOf(() => expect(chat).toBeAuthenticatedAs(ada))).toMatch(
      /Received: "refused \(signed-out\)"[\s\S]*Step 1 of 8 failed: the visitor signs in/,
    );
    expect(messageOf(() => expect(chat).toBeRefused('no-contact'))).toMatch(
      /refused \(no-contact\)[\s\S]*refused \(signed-out\)/,
    );
    expect(messageOf(() => expect(chat).not.toBeRefused())).toMatch(/Expected: not /);
  });

  test('reports mistakes in the test as errors, also with .not', async ({ page, engagement, signIn }) => {
    await signIn(ada);
    await page.goto('/');
    const chat = await engagement.start();
    for (const judge of [expect(chat), expect(chat).not]) {
      expect(messageOf(() => judge.toBeAuthenticatedAs('ada@example.com'))).toMatch(
        /TypeError: .*"ada@example.com", which is not the GUID/,
      );
      expect(messageOf(() => judge.toBeAuthenticatedAs({ sub: 'ada' }))).toMatch(
        /"ada", which is not the GUID/,
      );
      expect(messageOf(() => judge.toBeAuthenticatedAs({ givenName: 'Ada' }))).toMatch(
        /TypeError: .*no claim "givenName". Did you mean "given_name"\?/,
      );
      expect(messageOf(() => judge.toBeAuthenticatedAs({ given_name: undefined }))).toMatch(
        /TypeError: .*undefined for "given_name"/,
      );
      // @ts-expect-error: not a code
      expect(messageOf(() => judge.toBeRefused('signedout'))).toMatch(
        /TypeError: .*"signedout", which is not a known code. Did you mean "signed-out"\?/,
      );
      // @ts-expect-error: not a code either
      expect(messageOf(() => judge.toBeRefused('otherpair'))).toMatch(/Did you mean "other-pair"\?/);
    }
  });

  test('says that the answer arrived after the limit, once it has arrived', async ({
    page,
    site,
    engagement,
  }) => {
    await page.clock.install();
    await page.goto(
      site.own(
        "window.authoriseChatWithCallback = (cb) => { setTimeout(() => cb(null, 'slow path'), 10_500) }",
      ),
    );
    const starting = engagement.start();
    await page.clock.runFor(11_000);
    const chat = await starting;
    await expect.poll(() => chat.lateAnswers).toHaveLength(1);
    expect(messageOf(() => expect(chat).toBeRefused())).toMatch(
      /It called back 500 ms later, which is too late\./,
    );
  });

  test('names what an asynchronous method threw, and leaves it unhandled', async ({
    page,
    site,
    engagement,
  }) => {
    await page.clock.install();
    const thrown = page.waitForEvent('pageerror');
    await page.goto(
      site.own("window.authoriseChatWithCallback = async () => { throw new Error('no session') }"),
    );
    const starting = engagement.start();
    await thrown;
    await page.clock.runFor(11_000);
    expect(await starting).toMatchObject({
      outcome: 'no-answer',
      message: expect.stringContaining('It threw "Error: no session", asynchronously.'),
    });
  });

  const sample = `window.authoriseChatWithCallback = (cb) => fetch(window.endpoint ?? '/token')
    .then((answer) => answer.ok ? answer.json() : Promise.reject())
    .then(({ token }) => cb(token)).catch(() => cb(null, 'Unable to generate key'))`;

  test('for a refusal without a code, says what the token endpoint answered', async ({
    page,
    site,
    engagement,
    faults,
    signIn,
  }) => {
    await page.goto(
      site.own("window.authoriseChatWithCallback = (cb) => cb(null, 'Unable to generate key')"),
    );
    expect(await engagement.start()).toMatchObject({
      step: 6,
      message: 'The method refused: "Unable to generate key". The page has not asked /token.',
    });
    await page.goto(site.own(sample));
    expect(await engagement.start()).toMatchObject({
      step: 1,
      message:
        'The method refused: "Unable to generate key". The last answer of /token was 401. The request carried no cookie, and the browser has none for that address.',
    });
    await signIn(ada);
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
    await faults.loginPage();
    expect(await engagement.start()).toMatchObject({
      step: 4,
      message:
        'The method refused: "Unable to generate key". The last answer of /token was 200, an HTML page.',
    });
    await faults.down();
    expect(await engagement.start()).toMatchObject({
      step: 4,
      message: 'The method refused: "Unable to generate key". The page\'s last request to /token failed.',
    });
  });

  test('does not use the bridge’s error about another request as the reason of another method', async ({
    page,
    engagement,
  }) => {
    await page.goto('/');
    await page.evaluate(() => {
      window.authoriseChatWithCallback = (callback) => {
        dispatchEvent(
          new CustomEvent('live-assist-bridge:error', { detail: { code: 'signed-out', message: '' } }),
        );
        callback(null, 'switched off');
      };
    });
    const chat = await engagement.start();
    expect(chat).toMatchObject({ outcome: 'refused', reason: 'switched off', step: 6 });
    expect(chat.code).toBeUndefined();
    expect(chat.message).toMatch(
      /^Another script has replaced the method of the bridge, and its own was called\./,
    );
  });

  test('says that another method than the bridge’s did not call back', async ({ page, engagement }) => {
    await page.goto('/');
    await page.evaluate(() => {
      window.authoriseChatWithCallback = () => undefined;
    });
    const chat = await engagement.start();
    expect(chat.outcome).toBe('no-answer');
    expect(chat.message).toMatch(/^Another script has replaced the method of the bridge.*did not call back/);
  });

  test('names a policy that forbids the request, a refused connection, and a service worker that answered', async ({
    page,
    site,
    engagement,
  }) => {
    const tag = '<script src="/bridge.js" data-token-endpoint="/token"></script>';
    await page.goto(site.html(tag, { 'content-security-policy': "connect-src 'none'" }));
    expect((await engagement.start()).message).toMatch(
      /^The bridge says network: .* The page's Content-Security-Policy forbids requests to http:.*\/token\. Allow them in connect-src\.$/,
    );
    await page.goto(
      site.html(`<script src="/bridge.js" data-token-endpoint="${await closedOrigin()}/token"></script>`),
    );
    expect((await engagement.start()).message).toMatch(
      /^The bridge says network: .* The browser says of http:\/\/127\.0\.0\.1:\d+\/token: \S+\.$/,
    );
    await page.goto(site.own(''));
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/worker.js');
      if (navigator.serviceWorker.controller) return;
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
    });
    await page.goto(site.html(tag));
    expect((await engagement.start()).message).toMatch(
      /^The bridge says signed-out: .* A service worker (of the site gave|controls the page and may have given) that answer\./,
    );
  });

  test('says that the request carried no cookie, although the browser has one', async ({
    page,
    site,
    engagement,
    signIn,
  }) => {
    await signIn(ada);
    await page.goto(
      site.html('<script src="/bridge.js" data-token-endpoint="/token" data-credentials="omit"></script>'),
    );
    const chat = await engagement.start();
    expect(chat).toBeRefused('signed-out');
    expect(chat.message).toMatch(
      / The request carried no cookie, although the browser has one for that address\. Check credentials and SameSite\.$/,
    );
  });

  test('quotes what the browser says of an answer that the page may not read', async ({
    page,
    site,
    engagement,
    browserName,
  }) => {
    const foreign = site.url.replace('localhost', '127.0.0.1');
    await page.goto(site.html(`<script src="/bridge.js" data-token-endpoint="${foreign}/token"></script>`));
    const chat = await engagement.start();
    expect(chat).toBeRefused('network');
    // Only Chromium tells the console why.
    expect(chat.message).toMatch(
      browserName === 'chromium'
        ? / The browser says of http:.*\/token: .* has been blocked by CORS policy: /
        : / The endpoint's last answer, 401, did not reach the page\. Is Access-Control-Allow-Origin missing\?$/,
    );
  });

  test('names the address that the page asks instead of the endpoint, and a base that moves it', async ({
    page,
    site,
    engagement,
  }) => {
    const tag = (endpoint: string) =>
      `<!doctype html><script src="/bridge.js" data-token-endpoint="${endpoint}"></script>`;
    await page.goto(site.html(tag('/missing.js')));
    expect((await engagement.start()).message).toMatch(
      /answered 404\. .* The page asked http:\/\/localhost:\d+\/missing\.js instead of liveAssist\.tokenEndpoint\. Correct data-token-endpoint on the page, or the option\.$/,
    );
    await page.goto(site.html(`<base href="/app/">${tag('token')}`));
    expect((await engagement.start()).message).toMatch(
      / HTML page\. .* The page asked http:\S+\/app\/token instead of .* The page's <base> element makes relative addresses start at http:\/\/localhost:\d+\/app\/\.$/,
    );
  });

  test('names the nearest spelling of a missing method', async ({ page, site, engagement }) => {
    await page.goto(site.own('window.authorizeChatWithCallback = () => {}'));
    const chat = await engagement.start();
    expect(chat).toMatchObject({ outcome: 'method-missing', nearest: 'authorizeChatWithCallback', step: 6 });
    for (const judge of [
      () => expect(chat).toBeAuthenticatedAs(ada),
      () => expect(chat).toBeRefused(),
      () => expect(chat).not.toBeAuthenticatedAs(ada),
      () => expect(chat).not.toBeRefused(),
    ])
      expect(messageOf(judge)).toMatch(/Step 6 of 8[\s\S]*"authorizeChatWithCallback"/);
  });

  test('waits on the page’s clock', async ({ page, site, engagement }) => {
    await page.clock.install();
    await page.goto(site.own('window.authoriseChatWithCallback = () => {}'));
    const starting = engagement.start();
    await page.clock.runFor(10_000);
    const chat = await starting;
    expect(chat.outcome).toBe('no-answer');
    expect(messageOf(() => expect(chat).toBeRefused())).toMatch(
      /Step 6 of 8[\s\S]*did not call back within 10000 ms/,
    );
    expect(messageOf(() => expect(chat).not.toBeAuthenticatedAs(ada))).toMatch(/Step 6 of 8/);
  });

  test('notices a second answer', async ({ page, site, engagement }) => {
    await page.goto(
      site.own(
        "window.authoriseChatWithCallback = (cb) => { cb('a.e30.b'); cb(null, 'Unable to generate key') }",
      ),
    );
    const chat = await engagement.start();
    expect(chat.outcome).toBe('answered-twice');
    expect(messageOf(() => expect(chat).toBeAuthenticatedAs(ada))).toMatch(/called back 2 times/);
    expect(messageOf(() => expect(chat).toBeRefused())).toMatch(/called back 2 times/);
  });

  test('notices a second answer that comes later, at the latest when the test ends', async ({
    page,
    site,
    engagement,
  }) => {
    await page.goto(
      site.own(
        "window.authoriseChatWithCallback = (cb) => { cb(null, 'no'); window.again = () => cb(null, 'no') }",
      ),
    );
    const chat = await engagement.start();
    await page.evaluate('again()');
    await expect.poll(() => chat.lateAnswers).toHaveLength(1);
    expect(messageOf(() => expect(chat).toBeRefused())).toMatch(/Step 6 of 8[\s\S]*called back again/);
    expect(messageOf(() => expect(chat).not.toBeAuthenticatedAs(ada))).toMatch(/called back again/);
    // Everything above has passed. The end of the test fails.
    test.fail();
  });

  test.describe('of a method that is seen for the first time', () => {
    test.use({ liveAssist: { methodName: 'answerTwice' } });

    test('waits a little for a second answer when the test ends at once', async ({
      page,
      site,
      engagement,
    }) => {
      await page.goto(
        site.own("window.answerTwice = (cb) => { cb(null, 'no'); setTimeout(() => cb(null, 'no'), 50) }"),
      );
      expect(await engagement.start()).toBeRefused();
      test.fail();
    });
  });

  test('refuses what Live Assist refuses', { tag: '@core' }, async ({ page, site, engagement }) => {
    await page.goto(site.own("window.authoriseChatWithCallback = (cb) => cb('Bearer a.e30.b')"));
    const prefixed = await engagement.start();
    expect(prefixed).toBeRefused();
    expect(prefixed).toMatchObject({ message: expect.stringContaining('Bearer') });

    await page.goto(
      site.own("window.authoriseChatWithCallback = (cb) => cb('eyJhbGciOiJSUzI1NiJ9.e30.c2ln')"),
    );
    const empty = await engagement.start();
    expect(empty).toBeRefused('sub-missing');
    expect(messageOf(() => expect(empty).toBeAuthenticatedAs(ada))).toMatch(/Step 7 of 8/);
  });

  test('accepts a token that no verifier refuses, and says what is unusual about it', async ({
    page,
    site,
    engagement,
  }) => {
    const token = await site.mintSample();
    await page.goto(site.own(`window.authoriseChatWithCallback = (cb) => cb('${token}')`));
    const chat = await engagement.start();
    expect(chat).toBeAuthenticatedAs(ada);
    expect(chat.message).toContain('7 seconds');
  });

  test('cannot be judged before it is awaited', async ({ page, engagement }) => {
    await page.goto('/');
    const starting = engagement.start();
    // @ts-expect-error: nor does it compile
    expect(messageOf(() => expect(starting).toBeRefused())).toMatch(/Await engagement.start\(\) first/);
    // @ts-expect-error: nor does this
    expect(messageOf(() => expect('chat').toBeRefused())).toMatch(/This is not a chat/);
    await starting;
  });

  test('tells where the page navigated on the click', async ({ page, site, engagement }) => {
    await page.goto(
      site.own('window.authoriseChatWithCallback = () => { location.href = "/login?from=chat" }'),
    );
    const chat = await engagement.start();
    expect(chat).toMatchObject({ outcome: 'navigated', target: `${site.url}/login?from=chat`, step: 6 });
    for (const judge of [
      () => expect(chat).toBeRefused(),
      () => expect(chat).not.toBeRefused(),
      () => expect(chat).not.toBeAuthenticatedAs(ada),
    ])
      expect(messageOf(judge)).toMatch(
        /Received: "navigated to http:[\s\S]*navigated to http.*\/login instead/,
      );
  });
});

test.describe('without a key by accident', () => {
  test.use({ liveAssist: { publicKey: process.env.NOBODY_SET_THIS } });

  test('notes that the signature was not verified', async ({ page, engagement, signIn }, { annotations }) => {
    await signIn(ada);
    await page.goto('/');
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
    expect(annotations).toMatchObject([
      { type: 'signature not verified', description: expect.stringContaining('environment variable') },
    ]);
  });
});

test.describe('without a key on purpose', () => {
  test.use({ liveAssist: {} });

  test('notes nothing', async ({ engagement }, { annotations }) => {
    await engagement.start();
    expect(annotations).toEqual([]);
  });
});

test.describe('with the issuer of another site', () => {
  test.use({
    liveAssist: async ({ liveAssist }, use) => use({ ...liveAssist, issuer: 'https://www.example.com' }),
  });

  test('refuses as Live Assist does', async ({ page, engagement, signIn }) => {
    await signIn(ada);
    await page.goto('/');
    expect(await engagement.start()).toBeRefused('issuer-differs');
  });
});

test.describe('with a dotted name', () => {
  test.use({ liveAssist: { methodName: 'auth.getToken', limit: 500 } });

  test('finds the method at the click', async ({ page, site, engagement }) => {
    await page.goto(site.own("window.auth = { getToken: (cb) => cb(null, 'nobody here') }"));
    const chat = await engagement.start();
    expect(chat).toBeRefused();
    expect(chat.reason).toBe('nobody here');
  });
});

test.describe('askAgain', () => {
  test('gets a new token after exp', { tag: '@core' }, async ({ page, engagement, signIn }) => {
    await signIn(ada);
    await page.goto('/');
    const chat = await engagement.start();
    const again = await engagement.askAgain();
    expect(again).toBeAuthenticatedAs(ada);
    expect(again.token).not.toBe(chat.token);
  });

  test('refuses the earlier token', async ({ page, engagement, signIn }) => {
    await signIn(ada);
    await page.goto('/');
    const { token } = await engagement.start();
    await page.evaluate((token) => {
      Reflect.set(window, 'authoriseChatWithCallback', (cb: (token?: string) => void) => cb(token));
    }, token);
    const again = await engagement.askAgain();
    expect(again).toBeRefused('token-expired');
    expect(again.step).toBe(4);
  });

  test('continues even if a timer of the page throws', async ({ page, engagement, signIn }) => {
    await signIn(ada);
    await page.clock.install();
    await page.goto('/');
    await page.evaluate(() =>
      setInterval(() => {
        throw new Error('advert');
      }, 1000),
    );
    const chat = await engagement.start();
    const again = await engagement.askAgain();
    expect(again).toBeAuthenticatedAs(ada);
    expect(again.token).not.toBe(chat.token);
  });

  test('says that the clock of the page is fixed', async ({ page, engagement, signIn }) => {
    await signIn(ada);
    await page.clock.setFixedTime(new Date());
    await page.goto('/');
    expect(await engagement.start()).toBeAuthenticatedAs(ada);
    await expect(engagement.askAgain()).rejects.toThrow('clock stands still');
  });

  test.describe('of a token that lives for two months', () => {
    test.use({ liveAssist: {} });

    test('advances the clock by all of that time', async ({ page, site, engagement }) => {
      const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const iat = Math.floor(Date.now() / 1000);
      const claims = { sub: ada, iss: 'www.example.com', iat, exp: iat + 60 * 86_400 };
      const token = `${encode({ alg: 'RS256' })}.${encode(claims)}.${'A'.repeat(342)}`;
      await page.goto(site.own(`window.authoriseChatWithCallback = (cb) => cb('${token}')`));
      expect(await engagement.start()).toBeAuthenticatedAs(ada);
      expect(await engagement.askAgain()).toBeRefused('token-expired');
      expect(await page.evaluate(() => Date.now() / 1000)).toBeGreaterThan(claims.exp);
    });
  });

  test('needs an earlier chat', async ({ page, engagement }) => {
    await page.goto('/');
    await engagement.start();
    await expect(engagement.askAgain()).rejects.toThrow('Call start() before');
  });
});

test.describe('the engagement as a plain script', () => {
  const file = createRequire(import.meta.url).resolve('live-assist-bridge/live-assist-engagement.js');

  test('put on every page by the test tool, under a strict policy', async ({ page, signIn }) => {
    await signIn(ada);
    await page.addInitScript({ path: file });
    await page.goto('/');
    const answer = await page.evaluate('startEngagement({ limit: 10000 })');
    expect(answer).toMatchObject({ outcome: 'authenticated', claims: { sub: ada } });
  });

  test('evaluated as text in a page', async ({ page, site }) => {
    await page.goto(site.own('window.authorizeChatWithCallback = () => {}'));
    await page.evaluate(await readFile(file, 'utf8'));
    const answer = await page.evaluate('startEngagement()');
    expect(answer).toMatchObject({ outcome: 'method-missing', nearest: 'authorizeChatWithCallback' });
  });
});

test.describe('show', () => {
  test('says that nobody has clicked', async ({ page, engagement }) => {
    await page.goto('/');
    const liveAssist = await engagement.show();
    await expect(liveAssist.chat()).rejects.toThrow('chat() waits for a click on `button`');
  });

  test('says that a reload has removed the window', async ({ page, engagement }) => {
    await page.goto('/');
    const liveAssist = await engagement.show();
    await page.reload();
    await expect(liveAssist.chat()).rejects.toThrow('a reload removes it. Call show() again');
  });

  test('does not confuse an earlier window’s chat with this one’s', async ({ page, engagement, signIn }) => {
    await signIn(ada);
    await page.goto('/');
    const former = await engagement.show();
    await former.button.click();
    expect(await former.chat()).toBeAuthenticatedAs(ada);
    await page.reload();
    const present = await engagement.show();
    const chat = present.chat();
    await page.context().clearCookies();
    await present.button.click();
    expect(await chat).toBeRefused('signed-out');
  });

  test('waits for a click that comes', async ({ page, engagement }) => {
    await page.goto('/');
    const liveAssist = await engagement.show();
    const chat = liveAssist.chat();
    await liveAssist.button.click();
    expect(await chat).toBeRefused('signed-out');
  });

  test('puts a window on the page that the visitor can use', async ({ page, engagement, signIn }) => {
    await signIn(ada);
    await page.goto('/');
    const liveAssist = await engagement.show();
    await expect(liveAssist.window).toBeHidden();
    await liveAssist.button.click();
    await expect(liveAssist.status).toHaveText('You are chatting as Ada Lovelace.');
    await expect(liveAssist.reason).toBeEmpty();
    expect(await liveAssist.chat()).toBeAuthenticatedAs(ada);
    await liveAssist.close.click();
    await expect(liveAssist.window).toBeHidden();
  });

  test('shows why there is no chat, each time', async ({ page, engagement, signIn }) => {
    await page.goto('/');
    const liveAssist = await engagement.show();
    await liveAssist.button.click();
    await expect(liveAssist.status).toHaveText(/Leave a message/);
    await expect(liveAssist.reason).toContainText('signed-out');
    await signIn(ada);
    await page.reload();
    await expect(liveAssist.button).toBeHidden();
    await engagement.show();
    await engagement.show();
    await liveAssist.button.click();
    await expect(liveAssist.status).toContainText('Ada');
    expect(await liveAssist.chat()).toBeAuthenticatedAs(ada);
  });
});
