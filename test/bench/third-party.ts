/**
 * The packages that the bench compares with. Their package.json lies in a folder of its own, because a package.json beside
 * these files would hide the name `live-assist-bridge` from them.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const thirdPartyFolder = fileURLToPath(new URL('third-party/', import.meta.url));

export const requireThirdParty = createRequire(`${thirdPartyFolder}package.json`);

export const thirdPartyVersions = (): Record<string, string> =>
  JSON.parse(readFileSync(`${thirdPartyFolder}package.json`, 'utf8')).dependencies;

/** Installs the packages unless they are installed as the lock file says. */
export function installThirdParty(): void {
  const changed = (file: string) =>
    statSync(thirdPartyFolder + file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changed('node_modules/.package-lock.json') >= changed('package-lock.json')) return;
  execFileSync('npm', ['ci'], {
    cwd: thirdPartyFolder,
    stdio: 'inherit',
    // On Windows, npm is a batch file.
    shell: process.platform === 'win32',
  });
}
