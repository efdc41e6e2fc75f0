/**
 * Writes a file as a whole: whoever reads it finds the old text or the new one, never a part.
 *
 * @module
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** @throws NodeJS.ErrnoException if the folder or the disk refuses; then the old file is still there. */
export function writeWholeFile(file: string, text: string, mode = 0o644): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { mode, flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
