/**
 * A user's project, with the packed tarball and what else it needs installed from the registry.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packInto } from './pack-into.js';

/** As in a user's shell: the test runner's own variables are not passed to the project's tools. */
const { NODE_ENV: _nodeEnv, NODE_OPTIONS: _nodeOptions, ...environment } = process.env;

/** Writes `files` (text by path) into an empty folder and installs the tarball with `dependencies` (`name@range`). */
export async function createProject(files: Record<string, string>, dependencies: string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'project-'));
  const run = (command: string, args: string[], variables: Record<string, string> = {}) =>
    promisify(execFile)(command, args, {
      cwd: folder,
      env: { ...environment, ...variables } as NodeJS.ProcessEnv,
    });

  const { tarball } = await packInto(folder);
  for (const [path, text] of Object.entries({ 'package.json': '{ "private": true }', ...files })) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball, ...dependencies]);

  return {
    folder,
    /** Runs a command in the project. Rejects if it fails. */
    run,
    /** The text of all scripts below a folder. */
    async scripts(path: string): Promise<string> {
      const names = await readdir(join(folder, path), { recursive: true });
      const scripts = names.filter((name) => name.endsWith('.js'));
      return (await Promise.all(scripts.map((name) => readFile(join(folder, path, name), 'utf8')))).join(
        '\n',
      );
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
