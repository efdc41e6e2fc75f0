/**
 * A folder with a site of one framework, in which `init` runs as in a separate process.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { commandLine, folder } from './command-line.js';

export const expressFiles = {
  'package.json': '{ "dependencies": { "express": "^5" } }',
  'server.js': 'require("express")',
};

export function createSite(files: Record<string, string> = expressFiles, name = 'site') {
  const directory = join(folder(), name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true, mode: 0o755 });
    writeFileSync(join(directory, path), text, { mode: 0o644 });
  }
  return {
    directory,
    /** All answers are given as options. Nothing listens at the address. */
    init: (...more: string[]) =>
      commandLine([
        'init',
        ...(more.includes('--directory') ? [] : ['--directory', directory]),
        ...(more.includes('--issuer') ? [] : ['--issuer', 'www.example.com']),
        ...(more.includes('--url') ? [] : ['--url', 'http://127.0.0.1:9']),
        ...more.filter((arg) => arg !== ''),
      ]),
    read: (path: string) => readFileSync(join(directory, path), 'utf8'),
    has: (path: string) => existsSync(join(directory, path)),
    path: (path: string) => join(directory, path),
    write: (path: string, text: string) => writeFileSync(join(directory, path), text),
    /** All files but git's own. */
    list: () =>
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/[\\/]\.git([\\/]|$)/.test(entry.parentPath))
        .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
        .sort(),
    git: (...args: string[]) => spawnSync('git', args, { cwd: directory, encoding: 'utf8' }).stdout,
  };
}
