/**
 * Runs the command line in this process, and returns its output and exit code.
 *
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/run.js';

interface Surroundings {
  stdin?: string | Buffer;
  env?: Record<string, string>;
  isTTY?: boolean;
  /** Whether there is a user at the terminal who can be asked. */
  atKeyboard?: boolean;
}

export async function commandLine(
  args: string[],
  { stdin = '', env = {}, isTTY = false, atKeyboard = false }: Surroundings = {},
) {
  const printed = { out: '', err: '' };
  const code = await run(args, {
    stdin: Object.assign(
      (async function* () {
        yield typeof stdin === 'string' ? Buffer.from(stdin) : stdin;
      })(),
      { isTTY: atKeyboard },
    ),
    stdout: { write: (text) => (printed.out += text), isTTY, columns: 80 },
    stderr: { write: (text) => (printed.err += text) },
    env,
  });
  return { code, ...printed };
}

/** An empty folder for a test's files, which is removed when this process ends. */
export const folder = () => mkdtempSync(join(folders, 'folder-'));

const folders = mkdtempSync(join(tmpdir(), 'live-assist-bridge-'));
process.once('exit', () => rmSync(folders, { recursive: true, force: true }));

/** A file with this text in a new folder. */
export function file(text: string | Buffer, name = 'file.txt'): string {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return path;
}
