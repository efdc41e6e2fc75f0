/**
 * Makes sure that there is a Chromium before any test starts.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { isBundledChromiumSupported } from './bundled-chromium.js';
import { installedChromium } from './installed-chromium.js';

/** Downloads Playwright's Chromium if no other is found. Returns the sentence to stop with if there is still none. */
export function ensureChromium(): string | undefined {
  try {
    if (installedChromium() || isBundledChromiumSupported()) return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  console.log('No Chromium, Chrome or Edge was found. Downloading Playwright’s Chromium, about 180 MB.');
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const { status } = spawnSync(process.execPath, [cli, 'install', '--no-shell', 'chromium'], {
    // Its own errors are stack traces; the sentence below says what to do.
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  return status === 0
    ? undefined
    : 'Playwright’s Chromium could not be downloaded. Install Chrome, or set CHROMIUM_PATH to a Chromium.';
}
