/**
 * Which Chromium the browser tests start, and how.
 *
 * @module
 */
import type { LaunchOptions } from 'playwright';
import { bundledChromium } from './bundled-chromium.js';
import { installedChromium } from './installed-chromium.js';

/** Tests use only this machine: no other name resolves. */
const args = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/**
 * Launch options for a Chromium that exists. Unpacks the bundled one on first use, if no other is found.
 *
 * @throws Error with one sentence that names the command to run.
 */
export async function chromiumLaunchOptions(): Promise<LaunchOptions> {
  const executablePath = installedChromium();
  const browser = executablePath ? { executablePath } : await bundledChromium();
  if (!browser) throw new Error('No Chromium or Chrome was found. Run: npx playwright install chromium');
  return { ...browser, args };
}
