/**
 * Fetches one package into a separate folder, outside the project.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Returns why `specifier` cannot be installed, or `undefined` if it is in `folder`. */
export async function install(folder: string, specifier: string): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  try {
    await promisify(execFile)(
      'npm',
      ['install', '--no-audit', '--no-fund', '--fetch-retries=1', '--loglevel=error', specifier],
      {
        cwd: folder,
        timeout: 180_000,
        shell: process.platform === 'win32',
      },
    );
    return undefined;
  } catch (error) {
    return /npm error code (\w+)/.exec(String(error))?.[1] ?? 'npm failed';
  }
}
