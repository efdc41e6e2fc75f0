/**
 * Finds a Firefox that Playwright can drive: its own build, or the system's over WebDriver BiDi.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from '@playwright/test';
import { firefox } from 'playwright';

const places = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/**
 * What a Playwright configuration uses for the first of: `FIREFOX_PATH`, the Firefox that Playwright installs, an installed
 * one; undefined where there is none.
 *
 * @throws Error if `FIREFOX_PATH` is set and does not exist.
 */
export function installedFirefox(): Partial<PlaywrightTestOptions & PlaywrightWorkerOptions> | undefined {
  const chosen = process.env.FIREFOX_PATH;
  if (chosen && !existsSync(chosen))
    throw new Error(`FIREFOX_PATH names ${chosen}, which does not exist. Correct it or unset it.`);
  if (!chosen && existsSync(firefox.executablePath())) return { browserName: 'firefox' };
  const executablePath = chosen || places.find(existsSync);
  if (!executablePath) return undefined;
  return {
    browserName: 'firefox',
    channel: 'moz-firefox',
    launchOptions: {
      executablePath,
      // Clicks over WebDriver BiDi do not reach frames that run in a separate process.
      firefoxUserPrefs: { 'fission.webContentIsolationStrategy': 0 },
    },
  };
}
