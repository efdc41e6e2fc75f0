/**
 * Decides where the keys are stored: outside the web root, and where git does not track them.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { UsageError } from '../usage-error.js';
import { gitView, realPath } from './git.js';
import type { Project } from './project.js';

/** Folders that web servers serve with everything in them, whatever a project in there calls its web root. */
const usuallyServed =
  /[\\/](htdocs|httpdocs|public_html|html|wwwroot|(wamp\d*|laragon)[\\/]www|WebServer[\\/]Documents|srv[\\/]http)$/i;

/** Returns a folder inside the project or, if the project's own folder is served, a folder beside the web root. */
export function defaultKeyFolder({ directory, webRoot }: Project): string {
  const real = realPath(directory);
  const places = [
    { site: directory, root: servedAbove(directory) },
    { site: real, root: servedAbove(real) },
    { site: directory, root: webRoot },
  ];
  for (const { site, root } of places)
    if (root && isInside(site, root)) {
      const name = relative(root, site).split(sep).join('-') || basename(site);
      return join(dirname(root), `${name}-live-assist`);
    }
  return join(directory, '.live-assist');
}

/** @throws UsageError if browsers could load the keys from there. */
export function requireOutsideWebRoot(folder: string, { webRoot }: Project): void {
  const root = rootOf(folder, webRoot);
  if (root)
    throw new UsageError(
      `${folder} is in the web root ${root}, from where anyone could load the private key. Name a folder outside of it: --keys FOLDER.`,
    );
}

/** Returns private keys in the web root, from an earlier run or from the command `keys`. */
export function exposedKeys({ directory, webRoot }: Project): string[] {
  const folders = [directory, ...(webRoot ? [webRoot] : [])];
  const keys = folders.flatMap((folder) =>
    [folder, join(folder, '.live-assist')].map((place) => join(place, 'private_key.pem')),
  );
  return [...new Set(keys)].filter((key) => existsSync(key) && rootOf(key, webRoot) !== undefined);
}

/**
 * Returns the line that .gitignore needs, if any.
 *
 * @param files Every file that git must not track.
 * @throws UsageError if git tracks one of them, or would track it in spite of the site's .gitignore.
 */
export function ignoreLine(folder: string, files: string[], { directory }: Project): string | undefined {
  const seen = files.map((file) => ({ file, ...gitView(file) })).filter(({ view }) => view !== 'ignored');
  const tracked = seen.find(({ view }) => view === 'tracked')?.file;
  if (tracked?.endsWith('private_key.pem'))
    throw new UsageError(
      `git tracks ${tracked}, so everyone with the repository has the private key. Make a new pair, and remove this one: git rm --cached.`,
    );
  if (tracked)
    throw new UsageError(
      `git tracks ${tracked}, which belongs to this machine only. Remove it from the repository: git rm --cached.`,
    );
  const [first] = seen;
  if (!first) return undefined;
  const path = relative(realPath(directory), realPath(folder));
  if (seen.some(({ view }) => view === 'unknown'))
    throw new UsageError(
      `git cannot say whether it would track ${first.file}. Run \`git status\` there and follow what it says, or name a folder outside the repository: --keys FOLDER.`,
    );
  if (/[\r\n]/.test(path))
    throw new UsageError(
      "The name of the keys' folder contains a line break, which .gitignore cannot express. Name another folder: --keys FOLDER.",
    );
  const line = `/${asPattern(path.split(sep).join('/'))}/`;
  const isOutside = path === '' || leavesFolder(path);
  // There is no repository yet. The line is written in advance.
  if (first.view === 'none')
    return isOutside || hasLine(join(directory, '.gitignore'), line) ? undefined : line;
  if (path === '')
    throw new UsageError(
      `git would track ${first.file}. Name a folder that holds nothing else: --keys FOLDER.`,
    );
  if (isOutside)
    throw new UsageError(
      `git would track ${first.file}, which is outside the site's folder. Add its folder to that repository's .gitignore, or name another folder: --keys FOLDER.`,
    );
  return line;
}

/** @throws UsageError if git would track one of the files in spite of the new line. */
export function requireIgnored(files: string[]): void {
  const file = files.find((file) => !['ignored', 'none'].includes(gitView(file).view));
  if (file)
    throw new UsageError(
      `git would track ${file} in spite of a line in .gitignore, so nothing was written. Another .gitignore allows it, or this one is a link, which git does not follow. Correct that, or name a folder outside the repository: --keys FOLDER.`,
    );
}

/** A name with characters that are special in .gitignore. "#", "!" and spaces are not special between slashes. */
const asPattern = (path: string) => path.replace(/[\\[\]*?]/g, '\\$&');

/** Returns the web root from which browsers can load this path. */
function rootOf(path: string, webRoot: string | undefined): string | undefined {
  if (webRoot && isInside(realPath(path), realPath(webRoot))) return webRoot;
  return servedAbove(path) ?? servedAbove(realPath(path));
}

/** Returns the outermost folder on the path that web servers usually serve. */
function servedAbove(path: string): string | undefined {
  const above = dirname(path) === path ? undefined : servedAbove(dirname(path));
  return above ?? (usuallyServed.test(path) ? path : undefined);
}

function isInside(folder: string, root: string): boolean {
  return !leavesFolder(relative(root, folder));
}

/** Whether a path that `relative` returned leads out of its folder. On Windows, one on another drive is absolute. */
const leavesFolder = (path: string) => path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);

function hasLine(file: string, line: string): boolean {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/).includes(line);
  } catch {
    // Not there, or not readable, which writing then explains.
    return false;
  }
}
