/**
 * Engagements on pages whose scripts have replaced or broken functions of the browser, or misuse the callback.
 *
 * @module
 */
import { expect, test } from './testing/kit.js';
import { ada } from './testing/site.js';

const method = (text: string) => `<script>window.authoriseChatWithCallback = ${text}</script>`;
const withToken = (then: string) =>
  method(`async (cb) => { const { token } = await (await fetch('/token')).json(); ${then} }`);

test.use({ liveAssist: async ({ liveAssist }, use) => use({ ...liveAssist, limit: 2_000, wait: 1_000 }) });

test.beforeEach(({ signIn }) => signIn(ada));

for (const [what, script] of [
  ['JSON', 'window.JSON = {}'],
  ['JSON.parse', 'JSON.parse = () => ({ sub: "someone else" })'],
  ['Promise', 'window.Promise = function () { throw new Error("mine") }'],
  ['Promise by one that never settles', 'window.Promise = class extends Promise { then() { return this } }'],
  ['Function.prototype.toString', 'Function.prototype.toString = () => { throw new Error("mine") }'],
  ['addEventListener', 'window.addEventListener = () => { throw new Error("mine") }'],
  ['MessageChannel', 'window.MessageChannel = undefined'],
  ['TextDecoder', 'window.TextDecoder = undefined'],
  ['setTimeout', 'window.setTimeout = () => { throw new Error("mine") }'],
  ['clearTimeout', 'window.clearTimeout = () => { throw new Error("mine") }'],
  ['Reflect', 'window.Reflect = undefined'],
  ['console', 'window.console = undefined'],
  ['performance.now', 'performance.now = () => "late"'],
] as const)
  test(`reads a token on a page that has replaced ${what}`, async ({ page, site, engagement }) => {
    const token = await site.mintSample();
    await page.goto(
      site.html(
        `<!doctype html><title>Hostile</title>${method(`(cb) => cb('${token}')`)}<script>${script}</script>`,
      ),
    );
    const chat = await engagement.start();
    expect(chat).toBeAuthenticatedAs(ada);
    expect(chat.milliseconds).toBeGreaterThanOrEqual(0);
  });

for (const [what, timer] of [
  ['does nothing', '() => 0'],
  ['throws', '() => { throw new Error("mine") }'],
  ['does not wait', '(done) => { queueMicrotask(done); return 0 }'],
] as const) {
  test(`ends on time for a method that never calls back, where setTimeout ${what}`, async ({
    page,
    site,
    engagement,
  }) => {
    await page.goto(
      site.html(`<!doctype html><script>window.setTimeout = ${timer}</script>${method('() => {}')}`),
    );
    const chat = await engagement.start();
    expect(chat).toMatchObject({
      outcome: 'no-answer',
      message: expect.stringMatching(
        /^The method had not called back after \d+ ms\. The limit is 2000 ms, but .* Has a script replaced setTimeout\?$/,
      ),
    });
    expect(chat.milliseconds).toBeGreaterThanOrEqual(2_000);
  });

  test(`ends the wait for a method that never comes, where setTimeout ${what}`, async ({
    page,
    site,
    engagement,
  }) => {
    await page.goto(
      site.html(`<!doctype html><title>Bare</title><script>window.setTimeout = ${timer}</script>`),
    );
    expect(await engagement.start()).toMatchObject({
      outcome: 'method-missing',
      message: expect.stringMatching(/^There is no method/),
    });
  });
}

test.describe('on a page that is blocked when the visitor clicks', () => {
  test.use({ liveAssist: async ({ liveAssist }, use) => use({ ...liveAssist, wait: 0 }) });

  test('waits for the answer that follows', async ({ page, site, engagement }) => {
    await page.goto(
      site.html(
        `<!doctype html><title>Blocked</title>${method('(cb) => fetch("/slow?ms=0").then(() => cb(null, "no"))')}`,
      ),
    );
    // Until after the limit, which counts from the click.
    await page.evaluate(() => {
      const block = () => {
        const request = new XMLHttpRequest();
        request.open('GET', '/slow?ms=3500', false);
        request.send();
      };
      setTimeout(block);
    });
    expect(await engagement.start()).toMatchObject({ outcome: 'refused', reason: 'no' });
  });
});

test('notices a late answer where setTimeout does nothing', async ({ page, site, engagement }) => {
  await page.goto(
    site.html(
      `<!doctype html><script>window.setTimeout = () => 0</script>${method('(cb) => { window.answer = () => cb(null, "no") }')}`,
    ),
  );
  const chat = await engagement.start();
  expect(chat.outcome).toBe('no-answer');
  await page.evaluate('answer()');
  await expect.poll(() => chat.lateAnswers).toHaveLength(1);
});

test('notices a second answer where queueMicrotask is gone', async ({ page, site, engagement }) => {
  await page.goto(
    site.html(
      `<!doctype html>${method('(cb) => { cb(null, "no"); window.again = () => cb(null, "no") }')}<script>window.queueMicrotask = undefined</script>`,
    ),
  );
  const chat = await engagement.start();
  await page.evaluate('again()');
  await expect.poll(() => chat.lateAnswers).toHaveLength(1);
  test.fail();
});

test('shortens a reason of five million letters at once', async ({ page, site, engagement }) => {
  await page.goto(site.html(`<!doctype html>${method('(cb) => cb(null, "x".repeat(5_000_000))')}`));
  const chat = await engagement.start();
  expect(chat).toBeRefused();
  expect(chat.reason).toHaveLength(300);
});

for (const [what, answer] of [
  ['as the name of a property', 'cb({ [token]: 1 })'],
  ['cut off, as the reason', 'cb(null, "sorry: " + token.slice(0, -100).split(".", 2).join("."))'],
  ['after many letters', 'cb(null, "x".repeat(9_900) + " " + token)'],
  [
    'in an event of its own',
    `dispatchEvent(new CustomEvent('live-assist-bridge:error', { detail: { code: token, message: token } }));
    cb(null, 'Unable to generate key')`,
  ],
  ['in the address that it goes to', 'location.href = "/login?jwt=" + token'],
] as const)
  test(`no message and no report contains a token that the page gives away ${what}`, async ({
    page,
    site,
    engagement,
  }) => {
    await page.goto(site.html(`<!doctype html><title>Leak</title>${withToken(answer)}`));
    const chat = await engagement.start();
    let said = '';
    try {
      expect(chat).toBeAuthenticatedAs(ada);
    } catch (error) {
      said = String(error);
    }
    await engagement.attach();
    expect(said).toContain('Received');
    expect(`${said} ${chat.message} ${test.info().attachments.at(-1)?.body}`).not.toContain('eyJ');
  });
