/**
 * Reads files and standard input, and says in a sentence why one cannot be read.
 *
 * @module
 */
import { open } from 'node:fs/promises';
import type { Terminal } from '../output/terminal.js';
import { UsageError } from '../usage-error.js';
import { decodeText } from './decode-text.js';
import { looksSecret, shownName } from './shown-name.js';

const longest = 1_000_000;

/** Returns the text of a file. `what` names the option in messages; it is empty for the operand. @throws UsageError */
export async function readFileText(path: string, what: string): Promise<string> {
  if (/^(MI[\w+/=\s]{60}|-----)/.test(path))
    throw new UsageError(
      `${what || 'The argument'} must be the name of a file, not the key itself. Save the key and name the file.`,
    );
  const shown = shownName(path, 'it');
  const bytes = await readBytes(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(about(what, whyUnreadable(path, error.code)));
  });
  if (bytes.length > longest)
    throw new UsageError(about(what, `${shown} is larger than 1 MB. Is it the right file?`));
  return decodeText(bytes, about(what, shown));
}

/** Begins a sentence with the option that it is about. */
const about = (what: string, sentence: string) =>
  what
    ? `${what}: ${sentence}`
    : sentence.replace(/^(it|there) /, (word) => word[0]?.toUpperCase() + word.slice(1));

/** Reads at most one byte more than the limit, because a device such as /dev/zero never ends. */
async function readBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = new Uint8Array(longest + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await file.close();
  }
}

/** Returns the text itself or, with a leading @, the text of the named file without a final line break. */
export async function readTextOrFile(given: string, what: string): Promise<string> {
  return given.startsWith('@') ? (await readFileText(given.slice(1), what)).replace(/\r?\n$/, '') : given;
}

/** Reads standard input to its end. At a keyboard, a message says how to end the input. */
export async function readStandardInput({ stdin, stderr }: Terminal): Promise<string> {
  if (stdin.isTTY) stderr.write('Paste the token, press Enter and Ctrl-D (Windows: Ctrl-Z, Enter):\n');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    length += bytes.length;
    if (length > longest)
      throw new UsageError('More than 1 MB arrived on standard input. Is it the right input?');
    chunks.push(bytes);
  }
  return decodeText(Buffer.concat(chunks), 'What came on standard input');
}

function whyUnreadable(path: string, code = 'unknown error'): string {
  if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code))
    return `there is no file ${shownName(path, 'of that name')}. ${whatIsMeant(path)}`;
  const shown = shownName(path, 'it');
  if (code === 'EISDIR') return `${shown} is a folder. Name a file in it.`;
  if (code === 'EACCES' || code === 'EPERM') return `This user may not read ${shown}. Check its permissions.`;
  return `${shown} cannot be read (${code}). Check the name.`;
}

function whatIsMeant(path: string): string {
  if (looksSecret(path))
    return 'Is it a token or a cookie, or a part of one? The history of the shell and the list of processes show it there: put it in a file, and name the file.';
  const address =
    /^(https?:|([\w-]+\.)*[\w-]+:\d+(\/|$)|\[[\da-f:]+\](:\d+)?(\/|$)|([\w-]+\.)+[\w-]+\/|localhost\/)/i;
  return `Check the name and the folder.${address.test(path) ? ' An address begins with https:// (or http://, on localhost).' : ''}`;
}
