/**
 * Appends a line to .gitignore, the only file of the site that `init` changes.
 *
 * @module
 */
import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';

/** Returns a function that undoes the change. @throws UsageError if the file cannot be written. */
export function appendToGitIgnore(path: string, line: string): () => void {
  const isThere = existsSync(path);
  const target = isThere ? realpathSync(path) : path;
  // Handled as bytes, so that existing text in any encoding stays unchanged.
  const bytes = isThere ? readFileSync(target) : Buffer.alloc(0);
  const before = bytes.toString('latin1');
  const lineBreak = before.includes('\r\n') ? '\r\n' : '\n';
  const gap = before === '' || before.endsWith('\n') ? '' : lineBreak;
  const mode = isThere ? statSync(target).mode & 0o777 : 0o644;
  const write = (text: Buffer) => {
    const draft = `${target}.${process.pid}.tmp`;
    try {
      writeFileSync(draft, text, { mode });
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
