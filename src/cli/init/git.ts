/**
 * Asks git whether it would track a file.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * - `none`: the file is in no repository
 * - `ignored`: git ignores it
 * - `untracked`: git does not ignore it, so the next `git add` would track it
 * - `tracked`: git tracks it already
 * - `unknown`: there is a repository, and git cannot be asked
 */
export type GitView = 'none' | 'ignored' | 'untracked' | 'tracked' | 'unknown';

/** `path` need not exist. */
export function gitView(path: string): { view: GitView; top: string | undefined } {
  const file = realPath(path);
  const cwd = existingAncestor(file);
  const git = (...args: string[]) => spawnSync('git', args, { cwd, encoding: 'utf8' });
  const { status, stdout } = git('rev-parse', '--show-toplevel');
  if (status !== 0) return { view: isBelowRepository(cwd) ? 'unknown' : 'none', top: undefined };
  const top = stdout.trim();
  if (git('ls-files', '--error-unmatch', '--', file).status === 0) return { view: 'tracked', top };
  // With -z, the answer is: source, line, pattern, path.
  const answer = spawnSync('git', ['check-ignore', '--verbose', '-z', '--no-index', '--stdin'], {
    cwd,
    encoding: 'utf8',
    input: `${file}\0`,
  });
  if (answer.status !== 0) return { view: answer.status === 1 ? 'untracked' : 'unknown', top };
  // A pattern with "!" includes the file again. Before git 2.26, such a pattern also led to the status 0.
  const isIncludedAgain = answer.stdout.split('\0')[2]?.startsWith('!');
  return { view: isIncludedAgain ? 'untracked' : 'ignored', top };
}

/** Returns the path with all links in its existing part resolved, as the file system writes it in upper and lower case. */
export function realPath(path: string): string {
  const ancestor = existingAncestor(path);
  return join(realpathSync.native(ancestor), path.slice(ancestor.length));
}

/** Returns the path itself if it exists, otherwise its nearest existing parent. */
function existingAncestor(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? path : existingAncestor(dirname(path));
}

function isBelowRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return basename(folder) === '' ? false : isBelowRepository(dirname(folder));
}
