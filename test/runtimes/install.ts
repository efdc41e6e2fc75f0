/**
 * Fetches one package into a folder of its own, away from the project's.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Why `specifier` cannot be had; `undefined` when it lies in `folder`. */
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
