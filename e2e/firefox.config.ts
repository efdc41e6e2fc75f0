/** Real Firefox against the demo and the built files; `npm run test:browsers` asks for it. */
import { defineConfig } from '@playwright/test';
import { installedFirefox } from './browser/installed-firefox.js';
import { notInFirefox } from './browser/not-in-firefox.js';

export default defineConfig({
  testDir: '.',
  grepInvert: Object.keys(notInFirefox).map((title) => new RegExp(`${title}$`)),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: { ...installedFirefox(), screenshot: 'only-on-failure' },
});
