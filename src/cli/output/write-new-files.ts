/** Writes files that did not exist before: all of them, or none. */
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../usage-error.js';

export interface NewFile {
  path: string;
  text: string;
  /** Permissions it is created with; systems without them ignore it. */
  mode: number;
}

/** @param otherwise What to do if a file cannot be written. @throws UsageError if one exists or cannot be written; those created before it are removed again. */
export async function writeNewFiles(files: NewFile[], otherwise = 'Name another --directory'): Promise<void> {
  const created: string[] = [];
  try {
    for (const { path, text, mode } of files) {
      const explained = (error: NodeJS.ErrnoException) => {
        throw new UsageError(whyUnwritable(path, otherwise, error.code));
      };
      // "wx" creates it with its permissions in one step: nobody can open it in between, nothing is ever overwritten.
      const file = await open(path, 'wx', mode).catch(explained);
      created.push(path);
      await file.writeFile(text).catch(explained);
      await file.close();
    }
  } catch (error) {
    await Promise.all(created.map((path) => rm(path, { force: true })));
    throw error;
  }
}

function whyUnwritable(path: string, otherwise: string, code = 'unknown error'): string {
  if (code === 'EEXIST')
    return `${path} exists and is not overwritten. Move it away, or ${otherwise.charAt(0).toLowerCase()}${otherwise.slice(1)}.`;
  if (code === 'ENOTDIR') return `${dirname(path)} is no folder: a file is in its place. ${otherwise}.`;
  if (code === 'ENOENT') return `The folder of ${path} does not exist. Make it first.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${path} may not be written by this user. ${otherwise}.`;
  return `${path} cannot be written (${code}). ${otherwise}.`;
}
