/** Real Firefox against the demo and the built files; `npm run test:browsers` asks for it. */
import { defineConfig } from '@playwright/test';
import { installedFirefox } from './browser/installed-firefox.js';
import { notInFirefox } from './browser/not-in-firefox.js';

export default defineConfig({
  testDir: '.',
  // The test kit is for Chromium.
  testIgnore: 'testing*.spec.ts',
  grepInvert: Object.keys(notInFirefox).map((title) => new RegExp(`${title}$`)),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // To be taken out once whole runs over WebDriver BiDi stay green: the report calls flaky what passes at the second try.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: { ...installedFirefox(), screenshot: 'only-on-failure' },
});
