/**
 * Writes a file atomically: a reader finds the old text or the new text, never an incomplete one.
 *
 * @module
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** @throws NodeJS.ErrnoException if the file cannot be written. The old file then remains. */
export function writeWholeFile(file: string, text: string, mode = 0o644): void {
  const draft = `${file}.${process.pid}.tmp`;
  // An earlier process with this number may have left one.
  rmSync(draft, { force: true });
  try {
    // "wx" creates the file with its permissions, and never writes through a link.
    writeFileSync(draft, text, { mode, flag: 'wx', flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
