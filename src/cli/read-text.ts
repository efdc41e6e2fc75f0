/** Reads files and standard input, and says in a sentence why one cannot be read. */
import { readFile } from 'node:fs/promises';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

const longest = 1_000_000;

/** The text of a file; `what` names it where there is none. @throws UsageError */
export async function readFileText(path: string, what: string): Promise<string> {
  if (/^(MI[\w+/=\s]{60}|-----)/.test(path))
    throw new UsageError(
      `${what} is the name of a file, not the key itself. Save the key and name the file.`,
    );
  const shown = path.length <= 200 ? `"${path}"` : 'a file of that long name';
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${what}: ${whyUnreadable(shown, error.code)}`);
  });
  if (bytes.length > longest)
    throw new UsageError(`${what}: ${shown} is larger than 1 MB. Is it the right file?`);
  return decode(bytes);
}

/** The text itself, or with a leading @ that of the file named behind it, without a line break at its end. */
export async function readTextOrFile(given: string, what: string): Promise<string> {
  return given.startsWith('@') ? (await readFileText(given.slice(1), what)).replace(/\r?\n$/, '') : given;
}

/** Standard input to its end. Tells somebody at a keyboard how to end it. */
export async function readStandardInput({ stdin, stderr }: Terminal): Promise<string> {
  if (stdin.isTTY) stderr.write('Paste the token, press Enter and Ctrl-D (Windows: Ctrl-Z, Enter):\n');
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return decode(Buffer.concat(chunks));
}

/** Windows PowerShell redirects into UTF-16. */
function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function whyUnreadable(shown: string, code = 'unknown error'): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const address = /^"[\w-]+(\.[\w-]+)+(:\d+)?\//.test(shown) ? ' An address begins with https://.' : '';
    return `there is no file ${shown}. Check the name and the folder.${address}`;
  }
  if (code === 'EISDIR') return `${shown} is a folder. Name a file in it.`;
  if (code === 'EACCES' || code === 'EPERM')
    return `${shown} may not be read by this user. Check its permissions.`;
  return `${shown} cannot be read (${code}). Check the name.`;
}
