/**
 * What an administrator pastes is checked, and never lost.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { generateKeys } from 'live-assist-bridge/server';
import { expect, test } from './demo-test.js';

async function paste(page: Page, text: string) {
  await page.getByLabel('JWT Public Key').fill(text);
  await page.getByRole('button', { name: 'Save' }).click();
  return page.locator('#publicKey-problem');
}

test.beforeEach(({ page, demo }) => page.goto(demo.configuration));

test('a key with its header lines or line breaks is refused, and stays in the field for correction', async ({
  page,
}) => {
  const { publicKey } = await generateKeys();
  await expect(await paste(page, publicKey)).toContainText('The BEGIN and END lines are still there.');
  const body = publicKey.replace(/-----[^-]+-----/g, '').trim();
  await expect(await paste(page, body)).toContainText('There is a line break');
  await expect(page.getByLabel('JWT Public Key')).toHaveValue(body);
});

test('a key that lost a character is refused', async ({ page }) => {
  const value = await page.getByLabel('JWT Public Key').inputValue();
  await expect(await paste(page, value.slice(0, 90) + value.slice(91))).toContainText(
    'Is a character missing?',
  );
});

test('a private key is refused and not shown again', async ({ page }) => {
  const { privateKey } = await generateKeys();
  await expect(await paste(page, privateKey)).toContainText('This is a private key.');
  await expect(page.getByLabel('JWT Public Key')).toHaveValue('');
});

test('an empty issuer and an invalid method name are refused', async ({ page }) => {
  await page.getByLabel('JWT Issuer').fill('');
  await page.getByLabel('JS Method Name').fill('alert(1)');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#issuer-problem')).toContainText('The issuer is missing');
  await expect(page.locator('#methodName-problem')).toContainText('This is not a method name');
  await expect(page.getByLabel('JS Method Name')).toHaveValue('alert(1)');
});
