/**
 * Follows a remedy as its reader does: copies each command from the message, whole, and runs one after the other.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../cli/command-line.js';

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The commands in a message: everything between backticks. */
export const commandsIn = (message: string): string[] =>
  [...message.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command);

/**
 * Returns what the last command printed, and reads the files that the commands made.
 *
 * @param files The file that the reader has, under the name that the message uses.
 * @param replace What the reader fills in, or types when asked: a password, an alias, another file's name.
 */
export async function followRemedy(
  message: string,
  files: Record<string, string | Buffer>,
  replace: (command: string) => string = (command) => command,
): Promise<{ printed: string; read: (name: string) => string }> {
  const folder = mkdtempSync(join(tmpdir(), 'live-assist-bridge-remedy-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), content, { mode: 0o600 });
  let printed = '';
  for (const command of commandsIn(message).map(replace)) {
    const own = /^npx live-assist-bridge (.*)/.exec(command)?.[1]?.split(' ');
    printed = own
      ? (await commandLine(own.map((word) => (word.endsWith('.pem') ? join(folder, word) : word)))).out
      : execFileSync('sh', ['-c', command], {
          cwd: folder,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        });
  }
  return { printed: printed.trim(), read: (name) => readFileSync(join(folder, name), 'utf8') };
}
