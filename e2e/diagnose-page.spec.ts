/**
 * dist/diagnose.html as an administrator opens it: by double click, from the disk.
 *
 * @module
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { createMinter, generateKeys, publicKeyValue } from 'live-assist-bridge/server';

const address = new URL('../dist/diagnose.html', import.meta.url).href;
const contact = { id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', givenName: 'Zoë', familyName: 'Li' };
const issuer = 'www.example.com';

const pair = await generateKeys();
const line = await publicKeyValue(pair.publicKey);
const mint = await createMinter({ privateKey: pair.privateKey, issuer });
const mintSevenSeconds = await createMinter({
  privateKey: pair.privateKey,
  issuer,
  lifetime: 7,
  allowShortLifetime: true,
});

const token = (page: Page) => page.getByLabel('Token', { exact: true });
const publicKey = (page: Page) => page.getByLabel('JWT Public Key');
const jwtIssuer = (page: Page) => page.getByLabel('JWT Issuer');
const findings = (page: Page) => page.locator('#findings li');
const status = (page: Page) => page.getByRole('status');

let complaints: string[] = [];

test.beforeEach(async ({ page }) => {
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(address);
});

test('verifies a valid token, and shows its claims', { tag: '@core' }, async ({ page }) => {
  await expect(status(page)).toContainText('Waiting for a token');
  await token(page).fill(await mint(contact));
  await expect(status(page)).toContainText('Nothing wrong so far');
  await publicKey(page).fill(`${line}\n`);
  await jwtIssuer(page).fill(issuer);
  await expect(status(page)).toContainText('Nothing wrong was found');
  await expect(page.getByRole('region', { name: 'Good to know' })).toContainText(
    'The signature fits the pasted key.',
  );
  await expect(page.getByRole('region', { name: 'What the token says' })).toContainText('"Zoë"');
  expect(complaints).toEqual([]);
});

test('shows findings while typing, and removes them when the fault is corrected', async ({ page }) => {
  await token(page).fill(`Bearer ${await mintSevenSeconds(contact)}`);
  await publicKey(page).fill(pair.publicKey);
  await jwtIssuer(page).fill('https://www.example.com');
  await expect(findings(page).locator('.meta code')).toHaveText([
    'bearer-prefix',
    'seven-second-sample',
    'issuer-differs',
    'key-header',
    'key-line-breaks',
  ]);
  await expect(status(page)).toContainText('5 errors');
  await publicKey(page).fill(line);
  await jwtIssuer(page).fill(issuer);
  await token(page).fill(await mint(contact));
  await expect(findings(page)).toHaveCount(0);
  await expect(status(page)).toContainText('Nothing wrong was found');
});

test('accepts an answer with its headers, as curl -i prints it', async ({ page }) => {
  const body = JSON.stringify({ token: await mint(contact) });
  const head = (caching: string) =>
    `HTTP/2 200\ncontent-type: application/json\n${caching}\ndate: ${new Date().toUTCString()}\n\n`;
  await publicKey(page).fill(line);
  await token(page).fill(head('cache-control: no-store') + body);
  await expect(status(page)).toContainText('Nothing wrong was found');
  await token(page).fill(head('cache-control: public, max-age=60\nvary: cookie') + body);
  await expect(findings(page).locator('.meta')).toHaveText(['Error in the answershared-cacheable']);
});

test('judges the text that was typed last, even if typing is fast', async ({ page }) => {
  const fine = await mint(contact);
  await publicKey(page).fill(line);
  await token(page).evaluate(
    (field: HTMLTextAreaElement, texts) => {
      for (const text of texts) {
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
    },
    ['x', `Bearer ${fine}`, fine],
  );
  await expect(status(page)).toContainText('Nothing wrong was found');
  await expect(findings(page)).toHaveCount(0);
});

test('warns of a private key before anything else', { tag: '@core' }, async ({ page }) => {
  await token(page).fill(`Bearer ${await mint(contact)}`);
  await publicKey(page).fill(pair.privateKey);
  await expect(findings(page).first()).toContainText('consider it leaked');
});

test('sends no request, even if a script asks for one', async ({ page }) => {
  let visits = 0;
  const server = createServer((_, response) => {
    visits++;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));

  await token(page).fill(await mint(contact));
  await publicKey(page).fill(line);
  await expect(status(page)).toContainText('Nothing wrong was found');
  expect(requests).toEqual([]);

  const refused = await page.evaluate(async (url) => {
    const image = new Image();
    const shown = new Promise((resolve) => {
      image.onload = () => resolve('loaded');
      image.onerror = () => resolve('refused');
    });
    image.src = url;
    const fetched = fetch(url, { mode: 'no-cors' }).then(
      () => 'sent',
      () => 'refused',
    );
    return [await fetched, await shown];
  }, elsewhere);
  expect(refused).toEqual(['refused', 'refused']);
  expect(visits).toBe(0);
  server.close();
});

test('keeps nothing: no storage, no cookie, nothing in the address', async ({ page }) => {
  await token(page).fill(await mint(contact));
  await expect(status(page)).toContainText('Nothing wrong so far');
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
    0,
    0,
    '',
  ]);
  expect(page.url()).toBe(address);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(token(page)).toHaveValue('');
  await expect(status(page)).toContainText('Waiting for a token');
});

test('copies the findings without token and key', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const secret = await mintSevenSeconds(contact);
  await token(page).fill(secret);
  await publicKey(page).fill(pair.publicKey);
  await page.getByRole('button', { name: 'Copy findings' }).click();
  await expect(status(page)).toContainText('The findings were copied.');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('error seven-second-sample\nThe token lives only 7 seconds');
  for (const part of [...secret.split('.'), line]) expect(copied).not.toContain(part.slice(0, 30));
});

test('can be used by keyboard alone', async ({ page }) => {
  // Past the links to the two views, and "Load an example".
  for (let press = 0; press < 4; press++) await page.keyboard.press('Tab');
  await expect(token(page)).toBeFocused();
  await page.keyboard.insertText(await mint(contact));
  await page.keyboard.press('Tab');
  await expect(publicKey(page)).toBeFocused();
  await page.keyboard.insertText(line);
  await page.keyboard.press('Tab');
  await expect(jwtIssuer(page)).toBeFocused();
  // Past the two fields for the account, and "Clear all".
  for (let press = 0; press < 4; press++) await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Copy findings' })).toBeFocused();
  await expect(status(page)).toContainText('Nothing wrong was found');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('axe finds nothing, waiting and with findings', async ({ page }) => {
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await token(page).fill(await mintSevenSeconds({ ...contact, givenName: '' }));
      await publicKey(page).fill(pair.publicKey);
      await expect(findings(page)).not.toHaveCount(0);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('never scrolls sideways', async ({ page }) => {
    await token(page).fill(`Bearer ${await mintSevenSeconds(contact)}`);
    await publicKey(page).fill(pair.publicKey);
    await expect(findings(page)).not.toHaveCount(0);
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    expect(scrollWidth).toBe(clientWidth);
  });
});

test('says so if the browser offers no cryptography', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined }));
  await page.reload();
  await token(page).fill(await mint(contact));
  await publicKey(page).fill(line);
  await expect(findings(page).locator('.meta code')).toHaveText(['signature-not-checkable']);
});

test('loads an example with its two faults', async ({ page }) => {
  await page.getByRole('button', { name: 'Load an example' }).click();
  await expect(findings(page).locator('.meta code')).toHaveText(['seven-second-sample', 'issuer-differs']);
  await expect(findings(page).locator('pre')).toContainText('^ from byte 1 on');
});

test('keeps the hint for each field that is still empty', async ({ page }) => {
  const guide = page.getByRole('region', { name: 'Where to find it' });
  await token(page).fill(await mint(contact));
  await expect(guide).toContainText('JWT Public Key and JWT Issuer');
  await expect(guide.getByText('press F12')).toBeHidden();
  await publicKey(page).fill(line);
  await jwtIssuer(page).fill(issuer);
  await expect(guide).toBeHidden();
});

test('prepares the values to enter from the public key that the developer sent', async ({ page }) => {
  await page.getByRole('link', { name: 'Prepare Live Assist' }).click();
  await page.getByLabel('Public key', { exact: true }).fill(pair.publicKey);
  await page.getByLabel('Issuer', { exact: true }).fill(issuer);
  const settings = page.getByRole('region', { name: 'Settings' });
  await expect(settings).toContainText(line);
  await expect(settings).toContainText('authoriseChatWithCallback');
  await expect(settings).toContainText(issuer);
  await page.getByLabel('Public key', { exact: true }).fill(pair.privateKey);
  await expect(settings).toBeHidden();
  await expect(page.locator('#prepared-findings')).toContainText('PRIVATE key');
  await page.getByRole('link', { name: 'Check a token' }).click();
  await expect(token(page)).toBeVisible();
});

test('offers the line for a key that was pasted in another form', async ({ page }) => {
  await token(page).fill(await mint(contact));
  await publicKey(page).fill(pair.publicKey);
  await page.getByRole('link', { name: 'Make the line from this text' }).click();
  await expect(page.getByRole('region', { name: 'Settings' })).toContainText(line);
});

test('says why a printout yields no line, and does not offer one', async ({ page }) => {
  const printout = '    0:d=0  hl=4 l= 290 cons: SEQUENCE\n    4:d=1  hl=2 l=  13 cons: SEQUENCE';
  await publicKey(page).fill(printout);
  await expect(findings(page)).toContainText(['openssl asn1parse']);
  await expect(page.getByRole('link', { name: 'Make the line from this text' })).toBeHidden();
  await page.getByRole('link', { name: 'Prepare Live Assist' }).click();
  await page.getByLabel('Public key', { exact: true }).fill(printout);
  await expect(page.locator('#prepared-findings')).toContainText('openssl asn1parse');
});

test('shows the verdict on a phone without scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await token(page).fill(await mintSevenSeconds(contact));
  await expect(page.locator('#verdict')).toBeInViewport();
  await expect(page.locator('#verdict')).toContainText('1 error');
  await page.getByRole('button', { name: 'Load an example' }).click();
  await expect(findings(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Show findings' }).click();
  await expect(findings(page).first()).toBeInViewport();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

const connector = (configuration: Record<string, unknown> = {}) =>
  JSON.stringify([
    {
      id: 1234,
      type: 1,
      name: 'Site',
      deleted: false,
      configuration: {
        jwtValidationType: 'PUBLIC_JWT_KEY',
        jwtPublicKey: line,
        issuer,
        jsMethodName: 'authoriseChatWithCallback',
        jsContext: 'window',
        authorizationEndpoint: '',
        ...configuration,
      },
    },
  ]);

test('compares a token with the settings of an account, and connects nowhere', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const settings = page.getByLabel('Account settings');
  const accountAddress = page.locator('#account-address');
  await expect(accountAddress).toContainText('/api/account/NUMBER/configuration/');
  await page.getByLabel('Account number').fill('12345678');
  await expect(accountAddress).toHaveText(
    'https://accdn.lpsnmedia.net/api/account/12345678/configuration/le-connectors/all-connectors',
  );
  await token(page).fill(await mint(contact));
  await settings.fill(connector());
  await expect(status(page)).toContainText('Nothing wrong was found');
  await expect(page.getByRole('region', { name: 'Good to know' })).toContainText(
    'matches the JWT Public Key that the account publishes',
  );
  await settings.fill(connector({ issuer: `${issuer}/` }));
  await expect(findings(page).locator('.meta')).toHaveText(['Warning in Account settingsaccount-issuer']);
  await expect(findings(page).locator('pre')).toContainText('Live Assist  "www.example.com/"');
  await settings.fill('<!doctype html><title>Sign in</title>');
  await expect(findings(page).locator('.meta code')).toHaveText(['account-html']);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(status(page)).toContainText('Waiting for a token');
  await expect(accountAddress).toContainText('NUMBER');
  expect(requests).toEqual([]);
  expect(complaints).toEqual([]);
});
