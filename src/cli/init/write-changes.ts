/**
 * Writes what `init` creates: all of it, or nothing.
 *
 * @module
 */
import { join } from 'node:path';
import { type NewFile, writeNewFiles } from '../output/write-new-files.js';
import { appendToGitIgnore } from './git-ignore.js';
import { requireIgnored } from './key-folder.js';
import type { Project } from './project.js';

/** The line is written first, so that git never sees a key. */
export async function writeChanges(
  files: NewFile[],
  ignored: string | undefined,
  project: Project,
  hidden: string[],
): Promise<void> {
  const undo = ignored ? appendToGitIgnore(join(project.directory, '.gitignore'), ignored) : () => {};
  try {
    if (ignored) requireIgnored(hidden);
    await writeNewFiles(files, 'Allow it, or name another folder with --directory or --keys');
  } catch (error) {
    undo();
    throw error;
  }
}
