/**
 * Finds a Chromium or Chrome that is already on this machine.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';

const {
  HOME = '',
  LOCALAPPDATA = '',
  PROGRAMFILES = '',
  'PROGRAMFILES(X86)': PROGRAMFILES_X86 = '',
} = process.env;

/** Ubuntu's /usr/bin/chromium-browser is left out on purpose: it is a script that asks for a snap. */
const places: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/opt/google/chrome/chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium',
    '/usr/lib64/chromium-browser/chromium-browser',
    '/usr/lib/chromium/chromium',
    '/opt/microsoft/msedge/msedge',
  ],
  darwin: ['/Applications', join(HOME, 'Applications')].flatMap((folder) =>
    ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
      join(folder, `${name}.app`, 'Contents/MacOS', name),
    ),
  ),
  win32: ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].flatMap((name) =>
    [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA]
      .filter((folder) => folder !== '')
      .map((folder) =>
        join(folder, name, 'Application', name.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe'),
      ),
  ),
};

/**
 * The path of the first of: `CHROMIUM_PATH`, the browser that Playwright installs, an installed Chrome, Chromium or Edge.
 *
 * @throws Error if `CHROMIUM_PATH` is set and does not exist.
 */
export function installedChromium(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen && !existsSync(chosen))
    throw new Error(`CHROMIUM_PATH names ${chosen}, which does not exist. Correct it or unset it.`);
  return chosen || [chromium.executablePath(), ...(places[process.platform] ?? [])].find(existsSync);
}
