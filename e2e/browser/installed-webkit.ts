/**
 * Finds WebKitGTK's WebDriver, the small browser it drives, and a display for both.
 *
 * @module
 */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface InstalledWebKit {
  driver: string;
  miniBrowser: string;
  /** Gives the browser its own display; undefined if the machine has one. */
  xvfbRun: string | undefined;
}

const onPath = (name: string) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);

const foldersIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(folder, name))
    : [];

/** What starts WebKit here, or the sentence that says what is missing. */
export function installedWebKit(): InstalledWebKit | string {
  const driver = onPath('WebKitWebDriver');
  const miniBrowser = ['/usr/lib', '/usr/libexec']
    .flatMap((folder) => [folder, ...foldersIn(folder)])
    .flatMap(foldersIn)
    .filter((folder) => /webkit2?gtk-[\d.]+$/.test(folder))
    .map((folder) => join(folder, 'MiniBrowser'))
    .find(existsSync);
  if (!driver || !miniBrowser)
    return 'WebKitWebDriver and its MiniBrowser were not found. On Debian: apt-get install webkit2gtk-driver';
  const xvfbRun = onPath('xvfb-run');
  if (!xvfbRun && !process.env.DISPLAY)
    return 'There is no display for WebKit. On Debian: apt-get install xvfb xauth';
  return { driver, miniBrowser, xvfbRun };
}
