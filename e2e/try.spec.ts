/**
 * The command `try` with pages that have the bridge, the specification's function, or nothing.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { test as base, expect, type Page } from '@playwright/test';
import { createMinter, generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { listen } from '../test/support/listen.js';
import { createAgent, createVisitor } from './demo-test.js';
import { ada } from './testing/site.js';
import { type RunningTry, startTry } from './testing/start-try.js';

interface Fixtures {
  /** A page of a site on this machine, with this script and the stand-in's tag. */
  open: (script: string, args?: string[]) => Promise<RunningTry>;
  step: (number: number) => ReturnType<Page['locator']>;
}

const bridge = 'dist/live-assist-bridge.umd.js';
const keys = generateKeys();
const issuer = 'www.example.com';

const test = base.extend<Fixtures>({
  async open({ page }, use) {
    const closing: (() => unknown)[] = [];
    await use(async (script, args = []) => {
      const { publicKey } = await keys;
      const value = await publicKeyValue(publicKey);
      const stand = await startTry(['--public-key', value, '--issuer', issuer, ...args]);
      const html = `<!doctype html><html lang="en"><title>Site</title><h1>Site</h1>${script}${stand.tag}</html>`;
      const { url, stop } = await listen(
        createServer(({ url }, response) => {
          if (url === '/token') response.writeHead(401).end('{"error":"signed-out"}');
          else if (url === '/bridge.js')
            response.setHeader('content-type', 'text/javascript').end(readFileSync(bridge));
          else response.setHeader('content-type', 'text/html').end(html);
        }),
      );
      closing.push(stand.stop, stop);
      await page.goto(url.replace('127.0.0.1', 'localhost'));
      return stand;
    });
    for (const close of closing) await close();
  },
  step: ({ page }, use) => use((number) => page.locator(`[data-step="${number}"]`)),
});

const token = async () => {
  const { privateKey } = await keys;
  const mint = await createMinter({ privateKey, issuer });
  return mint({ id: ada, givenName: 'Ada', familyName: 'Lovelace' });
};

test('a page with the specification’s function leads to a chat with the record at the desk', async ({
  page,
  context,
  open,
  step,
}) => {
  const stand = await open(
    `<script>function authoriseChatWithCallback(callback) { callback(${JSON.stringify(await token())}); }</script>`,
  );
  const visitor = createVisitor(page);
  await visitor.chatButton.click();
  await expect(visitor.status).toHaveText(/Ada Lovelace\. You are in the queue/);
  await expect(page.getByText('This is not Live Assist.')).toBeVisible();

  const desk = await context.newPage();
  await desk.goto(stand.desk);
  await expect(desk).toHaveURL(`${stand.origin}/desk`);
  await createAgent(desk).accept('Ada Lovelace');
  await expect(createAgent(desk).record.getByText(ada)).toBeVisible();
  await page.bringToFront();
  await page.goto(stand.steps);
  await expect(page.locator('[data-state="done"]')).toHaveCount(8);
  await expect(step(3)).toContainText('RS256');
  await expect(step(7)).toContainText('names Ada Lovelace. No CRM was asked.');
});

test('a page that hands over an object is told what it handed over', async ({ page, context, open }) => {
  const stand = await open(
    '<script>authoriseChatWithCallback = (callback) => callback({ token: "a" })</script>',
  );
  await createVisitor(page).chatButton.click();
  await expect(createVisitor(page).survey).toBeVisible();
  const steps = await context.newPage();
  await steps.goto(stand.steps);
  await expect(steps.locator('[data-step="6"]')).toContainText('not a token');
});

test('a page with the bridge shows step 1 with its remedy for a guest', async ({ page, context, open }) => {
  const stand = await open('<script src="/bridge.js" data-token-endpoint="/token"></script>');
  await createVisitor(page).chatButton.click();
  await expect(createVisitor(page).survey).toBeVisible();
  const steps = await context.newPage();
  await steps.goto(stand.steps);
  await expect(steps.locator('[data-step="1"] .remedy')).toHaveText('Sign in on the site, then click again.');
});

test('a page with nothing fails at step 6, and the remedy names what is missing', async ({
  page,
  context,
  open,
}) => {
  const stand = await open('');
  await createVisitor(page).chatButton.click();
  await expect(createVisitor(page).survey).toBeVisible();
  const steps = await context.newPage();
  await steps.goto(stand.steps);
  await expect(steps.locator('[data-step="6"]')).toContainText('The page has no method');
  await expect(steps.locator('[data-step="6"] .remedy')).toContainText('Is the bridge’s tag on the page?');
});

test('a wrong key is named at step 7 and can be corrected on the configuration page', async ({
  page,
  context,
  open,
}) => {
  const other = await generateKeys();
  const stand = await open(
    `<script>authoriseChatWithCallback = (callback) => callback(${JSON.stringify(await token())})</script>`,
  );
  const setup = await context.newPage();
  const enter = async (publicKey: string) => {
    await setup.goto(stand.configuration);
    await setup.getByLabel('JWT Public Key').fill(await publicKeyValue(publicKey));
    await setup.getByRole('button', { name: 'Save' }).click();
    await expect(setup.getByText('Saved.')).toBeVisible();
  };
  await enter(other.publicKey);
  await createVisitor(page).chatButton.click();
  await setup.goto(stand.steps);
  await expect(setup.locator('[data-step="7"] .remedy')).toContainText('JWT Public Key');
  await enter((await keys).publicKey);
  await page.reload();
  await createVisitor(page).chatButton.click();
  await expect(createVisitor(page).status).toHaveText(/in the queue/);
});

test('--messaging shows the button only on a page that identifies its visitor', async ({ page, open }) => {
  const given = JSON.stringify(await token());
  const method = `authoriseChatWithCallback = (callback) => callback(${given});`;
  await open(
    `<script>${method} lpTag = { identities: [(answer) => answer(location.hash ? { iss: '${issuer}', acr: 'loa1', sub: '${ada}' } : null)] };</script>`,
    ['--messaging'],
  );
  const visitor = createVisitor(page);
  await page.waitForFunction(() => 'liveAssist' in window);
  await expect(visitor.chatButton).toBeHidden();
  await page.goto(`${page.url()}#ada`);
  await page.reload();
  await visitor.chatButton.click();
  await expect(visitor.status).toHaveText(/Ada Lovelace\. You are in the queue/);
});

test('every route refuses a foreign Host and a foreign Origin', async ({ open }) => {
  const { origin } = await open('');
  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${origin}${path}`, { headers, method, agent: false }, (response) => {
        resolve(response.statusCode);
        response.destroy();
      });
      request.on('error', reject).end();
    });
  const paths = [
    ...['/', '/try', '/try/events', '/try/try.js', '/desk', '/desk/events', '/configuration'],
    ...['/records/1', '/look/look.css', '/engagement/engagement.js', '/visitor/chats/1/events', '/nothing'],
  ];
  for (const path of paths) {
    expect([path, await ask(path, { host: 'rebound.example' })]).toEqual([path, 403]);
    expect([path, await ask(path, { origin: 'https://shop.example' })]).toEqual([path, 403]);
    expect([path, await ask(path, { origin: 'null' })]).toEqual([path, 403]);
    expect([path, await ask(path, {}, 'POST')]).toEqual([path, 403]);
  }
  // The site's pages load the engagement, and nothing else.
  const site = { origin: 'http://localhost:8080' };
  expect(await ask('/engagement/engagement.js', site)).toBe(200);
  expect(await ask('/desk', site)).toBe(403);
  expect(await ask('/desk/events', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(
    403,
  );
});

test('another browser on this machine opens nothing without the key, and a page of an earlier run says so', async ({
  page,
  browser,
  open,
}) => {
  const stand = await open('');
  const other = await browser.newPage();
  for (const path of ['/', '/desk', '/configuration']) {
    const answer = await other.goto(`${stand.origin}${path}`);
    expect(answer?.status()).toBe(403);
    await expect(other.locator('body')).toHaveText(/^Open the address that was printed in the terminal/);
  }
  await other.close();

  await page.goto(stand.steps);
  stand.stop();
  await expect(page.locator('#next')).toHaveText(/^The stand-in cannot be reached\./);
  const again = await startTry([], undefined, undefined, new URL(stand.origin).port);
  await expect(page.locator('#next')).toHaveText('The stand-in was started again. Load this page again.');
  await page.reload();
  await expect(page.locator('body')).toHaveText(/^Open the address that was printed in the terminal/);
  await page.goto(again.desk);
  await expect(page.getByText('Robin Hale')).toBeVisible();
  again.stop();
});

test('says in a sentence that its port is taken', async () => {
  const { url, stop } = await listen(createServer());
  const args = ['dist/cli/main.js', 'try', '--port', new URL(url).port];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  await stop();
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^live-assist-bridge: Port \d+ is taken\. .* choose another port: --port \d+\n$/);
});

test('--site names the pages that may load it, and excludes all others', async ({ open, page }) => {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  await open('', ['--site', 'https://shop.test']);
  await expect.poll(() => messages.join('\n')).toContain('CORS');
  await expect(createVisitor(page).chatButton).toHaveCount(0);
});
