/**
 * Appends a line to .gitignore, the only file of the site that `init` changes.
 *
 * @module
 */
import {
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { UsageError } from '../usage-error.js';

/** Returns a function that undoes the change. @throws UsageError if the file cannot be written. */
export function appendToGitIgnore(path: string, line: string): () => void {
  const isThere = existsSync(path);
  if (!isThere && lstatSync(path, { throwIfNoEntry: false }))
    throw new UsageError(
      `${path} is a link to a file that does not exist. Remove the link, and run init again.`,
    );
  if (isThere && !statSync(path).isFile())
    throw new UsageError(`${path} is not a file. Move it away, and run init again.`);
  const target = isThere ? realpathSync.native(path) : path;
  // Handled as bytes, so that existing text in any encoding stays unchanged.
  const bytes = isThere ? read(target) : Buffer.alloc(0);
  const before = bytes.toString('latin1');
  const lineBreak = before.includes('\r\n') ? '\r\n' : '\n';
  const gap = before === '' || before.endsWith('\n') ? '' : lineBreak;
  const mode = isThere ? statSync(target).mode & 0o777 : 0o644;
  const write = (text: Buffer) => {
    const draft = `${target}.${process.pid}.tmp`;
    try {
      // An earlier process with this number may have left one. "wx" never writes through a link.
      rmSync(draft, { force: true });
      writeFileSync(draft, text, { mode, flag: 'wx' });
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { force: true });
      throw new UsageError(
        `${path} cannot be written (${(error as NodeJS.ErrnoException).code}). Allow it, or add the line ${line} yourself and run init again.`,
      );
    }
  };
  const added = `${gap}# The private key for Live Assist${lineBreak}${line}${lineBreak}`;
  write(Buffer.concat([bytes, Buffer.from(added)]));
  return () => (isThere ? write(bytes) : rmSync(target, { force: true }));
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Allow it, and run init again.`,
    );
  }
}
