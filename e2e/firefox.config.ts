/**
 * Runs the browser tests in Firefox, against the demo and the built files.
 *
 * @module
 */
import { defineConfig } from '@playwright/test';
import { installedFirefox } from './browser/installed-firefox.js';
import { notInFirefox } from './browser/not-in-firefox.js';

const firefox = installedFirefox();
if (!firefox) {
  console.error('Firefox was not found. On Debian: apt-get install firefox-esr');
  process.exit(1);
}

// Workers load this file again.
if (!process.env.TEST_WORKER_INDEX)
  for (const [title, reason] of Object.entries(notInFirefox))
    console.log(`Not run in Firefox: "${title}". ${reason}.`);

export default defineConfig({
  testDir: '.',
  grepInvert: Object.keys(notInFirefox).map((title) => new RegExp(`${title}( @\\w+)*$`)),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: { ...firefox, screenshot: 'only-on-failure' },
});
