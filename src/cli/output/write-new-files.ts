/**
 * Writes files that did not exist before: all of them, or none.
 *
 * @module
 */
import { link, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../usage-error.js';

export interface NewFile {
  path: string;
  text: string;
  /** The permissions of the new file. Systems without permissions ignore them. */
  mode: number;
}

/**
 * Also creates missing folders. A file appears under its name only when it is complete, so an interruption leaves no
 * incomplete file.
 *
 * @throws UsageError if a file exists or cannot be written. Files and folders created before are then removed.
 * @param otherwise What to do if a file cannot be written.
 */
export async function writeNewFiles(files: NewFile[], otherwise = 'Name another --directory'): Promise<void> {
  const created: { path: string; isFolder: boolean }[] = [];
  try {
    for (const file of files) {
      const explained = (error: NodeJS.ErrnoException) => {
        throw new UsageError(whyUnwritable(file.path, otherwise, error.code));
      };
      for (const path of await makeFolders(dirname(file.path), folderMode(file)).catch(explained))
        created.push({ path, isFolder: true });
      await create(file).catch(explained);
      created.push({ path: file.path, isFolder: false });
    }
  } catch (error) {
    for (const { path, isFolder } of created.reverse())
      await (isFolder ? rmdir(path) : rm(path, { force: true })).catch(() => {});
    throw error;
  }
}

/** A folder for a file that others may not read is as private as the file. */
const folderMode = ({ mode }: NewFile) => (mode & 0o077 ? 0o777 : 0o700);

/** Creates missing folders, and returns them from the outermost inwards. */
async function makeFolders(folder: string, mode: number): Promise<string[]> {
  const first = await mkdir(folder, { recursive: true, mode }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? Object.assign(error, { code: 'ENOTDIR' }) : error;
  });
  if (first === undefined) return [];
  const made = [resolve(folder)];
  while (made[0] !== resolve(first) && dirname(made[0] ?? '') !== made[0])
    made.unshift(dirname(made[0] ?? ''));
  return made;
}

/** The name under which a file is written before it is complete. */
export const draftName = (name: string) => `.${name}.${process.pid}.tmp`;

async function create({ path, text, mode }: NewFile): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, draftName(basename(path)));
  await removeLeftovers(folder, basename(path));
  // "wx" creates the file with its permissions in one step, so that nobody can open it in between.
  const file = await open(draft, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.close();
    // Fails if the path exists, even as a broken link. Some file systems have no links.
    await link(draft, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      await replaceEmpty(draft, path, mode);
    });
  } finally {
    await file.close().catch(() => {});
    await rm(draft, { force: true });
  }
}

/** Reserves the path with an empty file, because renaming alone would overwrite an existing file. */
async function replaceEmpty(draft: string, path: string, mode: number): Promise<void> {
  const reserved = await open(path, 'wx', mode);
  await reserved.close();
  await rename(draft, path).catch(async (error) => {
    await rm(path, { force: true });
    throw error;
  });
}

/** Removes the drafts of an interrupted run. */
async function removeLeftovers(folder: string, name: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const [, pid] = entry.startsWith(`.${name}.`) ? (/\.(\d+)\.tmp$/.exec(entry) ?? []) : [];
    if (pid && !isRunning(Number(pid))) await rm(join(folder, entry), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function whyUnwritable(path: string, otherwise: string, code = 'unknown error'): string {
  if (code === 'EEXIST')
    return `${path} exists and is not overwritten. Move it away, or ${otherwise.charAt(0).toLowerCase()}${otherwise.slice(1)}.`;
  if (code === 'ENOTDIR') return `${dirname(path)} is not a folder: a file is in its place. ${otherwise}.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT')
    return `This user may not write ${path}. ${otherwise}.`;
  return `${path} cannot be written (${code}). ${otherwise}.`;
}
