/**
 * Pages on which the method appears late, or not at all.
 *
 * @module
 */
import type { Page, Route } from '@playwright/test';
import { expect, test } from './testing/kit.js';
import { ada } from './testing/site.js';

const tag = `Object.assign(document.createElement('script'), { src: '/bridge.js' })`;
const addTag = `{ const tag = ${tag}; tag.dataset.tokenEndpoint = '/token'; document.head.append(tag); }`;

/** Ends the page's process, as a lack of memory would. */
async function crash(page: Page) {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => {});
  await crashed;
}

/** Holds requests back until `open` is called. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const hold = (route: Route) => opened.then(() => route.continue());
  return { hold, open };
}

/** Sets `window.isAwaited` as soon as somebody looks for the method, which is not there yet. */
const noticesWait = `Object.defineProperty(Object.prototype, 'authoriseChatWithCallback', {
  configurable: true,
  get() { window.isAwaited = true },
  set(value) {
    Object.defineProperty(this, 'authoriseChatWithCallback', { value, configurable: true, writable: true });
  },
});`;

let began = 0;

test.beforeEach(({ signIn }) => {
  began = performance.now();
  return signIn(ada);
});

for (const [when, script] of [
  ['after a fetch', `fetch('/slow?ms=300').then(() => ${addTag})`],
  ['when the page is idle', `requestIdleCallback(() => ${addTag})`],
  ['by a timer', `setTimeout(() => ${addTag}, 400)`],
] as const)
  test(`waits for a bridge that is loaded ${when}`, async ({ page, site, engagement }) => {
    const { hold, open } = gate();
    await page.route('**/bridge.js', hold);
    await page.goto(site.html(`<!doctype html><title>Late</title><script>${noticesWait}${script}</script>`), {
      waitUntil: 'commit',
    });
    await page.evaluate('window.isAwaited = false');
    const starting = engagement.start();
    await page.waitForFunction('window.isAwaited');
    open();
    const chat = await starting;
    expect(chat).toBeAuthenticatedAs(ada);
    expect(chat.waited).toBeGreaterThan(0);
  });

const withBridge =
  '<!doctype html><title>Next</title><script src="/bridge.js" data-token-endpoint="/token"></script>';

/** A page on which the method appears some time after the call of `appear(milliseconds)`. */
const onDemand =
  '<!doctype html><title>Late</title><script>window.appear = (ms) => setTimeout(() => { window.authoriseChatWithCallback = (cb) => cb(null, "no") }, ms)</script>';

const late = (milliseconds: number) =>
  `<!doctype html><title>Late</title><script>setTimeout(() => { window.authoriseChatWithCallback = (cb) => cb(null, 'no') }, ${milliseconds})</script>`;

test('notes that the method appeared more than a second late', async ({ page, site, engagement }, {
  annotations,
}) => {
  await page.goto(site.html(onDemand));
  const starting = engagement.start();
  await page.evaluate('appear(1_500)');
  const chat = await starting;
  expect(chat).toBeRefused();
  expect(chat.waited).toBeGreaterThan(1_000);
  expect(annotations).toMatchObject([
    { type: 'method late', description: expect.stringMatching(/^The method appeared \d\.\d s/) },
  ]);
});

test('does not note a method that is there at once', async ({ page, engagement }, { annotations }) => {
  await page.goto('/');
  const chat = await engagement.start();
  expect(chat.waited).toBe(0);
  expect(annotations).toEqual([]);
});

test.describe("with late: 'fail'", () => {
  test.use({ liveAssist: { late: 'fail' } });

  test('fails at the end', async ({ page, site, engagement }) => {
    await page.goto(site.html(onDemand));
    const starting = engagement.start();
    await page.evaluate('appear(1_500)');
    expect(await starting).toBeRefused();
    test.fail();
  });
});

test.describe('with wait: 0', () => {
  test.use({ liveAssist: { wait: 0 } });

  test('requires the method at once', async ({ page, site, engagement }) => {
    await page.goto(site.html(onDemand));
    const starting = engagement.start();
    await page.evaluate('appear(0)');
    expect(await starting).toMatchObject({ outcome: 'method-missing', waited: 0 });
  });
});

test.describe('with a wait longer than the test may take', () => {
  test.use({ liveAssist: { wait: 600_000 } });

  test('gives up early if the method cannot appear: no tag', async ({ page, site, engagement }) => {
    await page.goto(site.html('<!doctype html><title>Bare</title><h1>Nothing here</h1>'));
    expect(await engagement.start()).toMatchObject({ outcome: 'method-missing' });
  });

  test('gives up early if the method cannot appear: the tag has failed', async ({
    page,
    site,
    engagement,
  }) => {
    await page.goto(
      site.html(
        '<!doctype html><title>404</title><script>setTimeout(() => {}, 9)</script><script src="/missing.js" data-token-endpoint="/token"></script>',
      ),
    );
    expect(await engagement.start()).toMatchObject({ outcome: 'method-missing', cause: 'tag-not-loaded' });
  });

  test('does not give up while the page still loads', async ({ page, site, engagement }) => {
    await page.goto(
      site.html(
        `<!doctype html><title>Slow</title><script>fetch('/slow?ms=1500').then(() => eval('window.authorise' + 'ChatWithCallback = (cb) => cb(null, "no")'))</script>`,
      ),
    );
    expect(await engagement.start()).toBeRefused();
  });

  test('gives up before the test times out', async ({ page, site, engagement }) => {
    await page.goto(site.html(late(500_000)));
    test.setTimeout(performance.now() - began + 8_000);
    expect(await engagement.start()).toMatchObject({ outcome: 'method-missing' });
    test.setTimeout(90_000);
  });

  test('gives up on a method that does not call back before the test times out', async ({
    page,
    site,
    engagement,
  }) => {
    await page.goto(site.html(silent));
    test.setTimeout(performance.now() - began + 6_000);
    const chat = await engagement.start();
    expect(chat.outcome).toBe('no-answer');
    expect(chat.message).toContain('Give the test more time than liveAssist.limit, which is 10000 ms');
    test.setTimeout(90_000);
  });
});

/** A page whose method has been called once its title is "asked", and never calls back. */
const silent =
  '<!doctype html><title>Silent</title><script>authoriseChatWithCallback = () => { document.title = "asked" }</script>';

test.describe('with setTimeout() after start() has begun', () => {
  test.use({ liveAssist: { wait: 600_000, limit: 600_000 } });

  test('gives up on the method in time', async ({ page, site, engagement }) => {
    await page.goto(site.html(late(500_000)));
    const starting = engagement.start();
    test.setTimeout(performance.now() - began + 6_000);
    expect(await starting).toMatchObject({
      outcome: 'method-missing',
      message: expect.stringMatching(
        / The wait for it ended early, because the test's time was nearly over\./,
      ),
    });
    test.setTimeout(90_000);
  });

  test('gives up on the callback in time', async ({ page, site, engagement }) => {
    await page.goto(site.html(silent));
    const starting = engagement.start();
    await expect(page).toHaveTitle('asked');
    test.setTimeout(performance.now() - began + 6_000);
    const chat = await starting;
    expect(chat).toMatchObject({ outcome: 'no-answer', waited: expect.any(Number) });
    expect(chat.milliseconds).toBeGreaterThan(0);
    test.setTimeout(90_000);
  });

  test('waits longer if the test gets more time', async ({ page, site, engagement }) => {
    test.setTimeout(performance.now() - began + 4_000);
    await page.goto(site.html(onDemand));
    const starting = engagement.start();
    test.setTimeout(90_000);
    await page.evaluate('appear(4_500)');
    expect(await starting).toBeRefused();
  });

  test('names the navigation that does not end, and says nothing of a click', async ({
    page,
    engagement,
  }) => {
    await page.goto('/');
    await page.route('**/never', () => {});
    const requested = page.waitForRequest('**/never');
    await page.evaluate("location.href = '/never'");
    await requested;
    const starting = engagement.start();
    test.setTimeout(performance.now() - began + 6_000);
    expect(await starting).toMatchObject({
      outcome: 'method-missing',
      milliseconds: 0,
      message: expect.stringMatching(
        /^The page had not said .* A navigation to http:.*\/never had not ended\.$/,
      ),
    });
    test.setTimeout(90_000);
  });
});

for (const [when, script, outcome] of [
  ['was there', "window.later = 'authoriseChatWithCallback'", 'method-missing'],
  ['called back', "authoriseChatWithCallback = () => { top.document.title = 'asked' }", 'no-answer'],
] as const)
  test(`says that the frame was removed before the method ${when}`, async ({ page, site, engagementOn }) => {
    const inner = site.html(`<!doctype html><script>${script}</script>`);
    await page.goto(site.html(`<!doctype html><title>Framed</title><iframe src="${inner}"></iframe>`));
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    const starting = engagementOn(frame ?? page).start();
    if (outcome === 'no-answer') await expect(page).toHaveTitle('asked');
    await page.evaluate("document.querySelector('iframe').remove()");
    expect(await starting).toMatchObject({
      outcome,
      message: `The frame was removed from the page before the method ${when}.`,
    });
  });

test('says that the page was closed before the method was there', async ({ page, site, engagement }) => {
  await page.goto(site.html(late(500_000)));
  const chat = engagement.start();
  await page.close();
  expect(await chat).toMatchObject({
    outcome: 'method-missing',
    cause: 'not-open',
    message: expect.stringMatching(/^The page was closed before the method was there\./),
  });
});

test('says that the page was closed before the method called back', async ({ page, site, engagement }) => {
  await page.goto(site.html(silent));
  const chat = engagement.start();
  await expect(page).toHaveTitle('asked');
  await page.close();
  expect(await chat).toMatchObject({
    outcome: 'no-answer',
    message: expect.stringMatching(/^The page was closed before the method called back\./),
  });
});

for (const [when, script, outcome] of [
  ['was there', "window.later = 'authoriseChatWithCallback'", 'method-missing'],
  ['called back', "authoriseChatWithCallback = () => { document.title = 'asked' }", 'no-answer'],
] as const)
  test(`says that the page crashed before the method ${when}`, async ({ page, site, engagement }) => {
    await page.goto(site.html(`<!doctype html><title>Fragile</title><script>${script}</script>`));
    const starting = engagement.start();
    if (outcome === 'no-answer') await expect(page).toHaveTitle('asked');
    await crash(page);
    const chat = await starting;
    expect(chat).toMatchObject({ outcome, message: `The page crashed before the method ${when}.` });
    // The report of the failed expectation is complete, although the page is gone.
    await engagement.attach();
    expect(String(test.info().attachments.at(-1)?.body)).toContain('The page crashed');
    expect(await engagement.start()).toMatchObject({ outcome: 'method-missing', cause: 'not-open' });
  });

test('waits while the page navigates first', async ({ page, site, engagement }) => {
  const next = site.html(withBridge);
  await page.goto(
    site.html(
      `<!doctype html><title>First</title><script>setTimeout(() => { location = '${next}' }, 300)</script>`,
    ),
  );
  expect(await engagement.start()).toBeAuthenticatedAs(ada);
  expect(page.url()).toBe(next);
});

test('clicks in the next page if a navigation has begun', async ({ page, site, engagement }) => {
  await page.goto('/');
  const next = site.html(withBridge);
  const { hold, open } = gate();
  await page.context().route(next, hold);
  const requested = page.waitForRequest(next);
  await page.evaluate((url) => {
    location.href = url;
  }, next);
  await requested;
  const chat = engagement.start();
  open();
  expect(await chat).toBeAuthenticatedAs(ada);
  expect(page.url()).toBe(next);
});

test('a stopped clock delays neither the wait nor its end', async ({ page, site, engagement }) => {
  await page.clock.install();
  await page.goto(
    site.html(
      `<!doctype html><title>Still</title><script>fetch('/slow?ms=700').then(() => { window.authoriseChatWithCallback = (cb) => cb(null, 'no') })</script>`,
    ),
  );
  await page.clock.pauseAt(Date.now() + 60_000);
  const chat = await engagement.start();
  expect(chat).toBeRefused();
  await page.evaluate(() => Reflect.deleteProperty(window, 'authoriseChatWithCallback'));
  expect(await engagement.start()).toMatchObject({ outcome: 'method-missing' });
});

test('a test that drives the clock finds the engagement waiting for the method', async ({
  page,
  site,
  engagement,
}) => {
  await page.clock.install();
  await page.goto(site.html(late(3_000)));
  await page.clock.pauseAt(Date.now() + 1_000);
  const starting = engagement.start();
  await page.clock.runFor(4_000);
  expect(await starting).toBeRefused();
});
