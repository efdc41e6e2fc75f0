/**
 * The test kit, pointed at the demo's site as at any staging site.
 *
 * @module
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test as kit } from 'live-assist-bridge/testing/playwright';
import { startDemo } from '../../demo/start-demo.js';

export { expect } from 'live-assist-bridge/testing/playwright';

/** Visitors of the site. `contact` is their GUID in the CRM. */
export const maya = {
  email: 'maya@example.com',
  password: 'willow-14',
  contact: '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01',
};
export const zoe = {
  email: 'zoe@example.com',
  password: 'cello-88',
  contact: 'c3a8e0d4-1b6f-4f27-8e59-93d0b4a5c702',
};
export const tom = { email: 'tom@example.com', password: 'meter-70' };

export async function signIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

export async function signOut(page: Page) {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').waitFor();
}

interface Staging {
  url: string;
  publicKey: string;
}

export const test = kit.extend<object, { staging: Staging }>({
  staging: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'larkfield-'));
      const demo = await startDemo({ port: 0, dataDir });
      await use({ url: demo.site, publicKey: await readFile(join(dataDir, 'public_key.pem'), 'utf8') });
      await demo.close();
      await rm(dataDir, { recursive: true });
    },
    { scope: 'worker' },
  ],
  baseURL: ({ staging }, use) => use(staging.url),
  liveAssist: ({ staging }, use) =>
    use({
      tokenEndpoint: '/live-assist/token',
      publicKey: staging.publicKey,
      issuer: 'www.larkfield.example',
      // The host that stands in for the vendor's.
      blockVendor: ['127.0.0.1'],
    }),
});
