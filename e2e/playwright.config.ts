/**
 * Runs the browser tests in Chromium, against the demo and the built files.
 *
 * @module
 */
import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './browser/launch-options.js';

// The main process loads this file before it starts workers, so the browser is unpacked once.
const launchOptions = await chromiumLaunchOptions().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

export default defineConfig({
  testDir: '.',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // Generous, so that a busy machine does not fail a test.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: { browserName: 'chromium', launchOptions, screenshot: 'only-on-failure' },
});
