/**
 * The folder in which the demo keeps its files. One demo uses it at a time, and disk errors are explained in a
 * sentence.
 *
 * @module
 */
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeWholeFile } from '#live-assist';

const remedies: Partial<Record<string, string>> = {
  EACCES: 'cannot be written: permission is denied. Allow it, or set DEMO_DATA to another folder.',
  EPERM: 'cannot be written: the system does not allow it. Allow it, or set DEMO_DATA to another folder.',
  EROFS: 'cannot be written: the disk is read-only. Set DEMO_DATA to a folder on another disk.',
  ENOSPC:
    'cannot be written: the disk is full. Free some space, or set DEMO_DATA to a folder on another disk.',
  EISDIR: 'is a folder, but a file is needed there. Move the folder away.',
  ENOTDIR: 'leads through a file. Move that file away, or set DEMO_DATA to another folder.',
  EEXIST: 'is a file, but a folder is needed there. Move the file away, or set DEMO_DATA to another folder.',
};

/** Returns a file system error as one sentence, and any other error unchanged. */
export function explainFileError(error: unknown): unknown {
  const { code = '', path } = error as NodeJS.ErrnoException;
  const remedy = remedies[code];
  return remedy && path ? new Error(`${path.replace(/\.\d+\.tmp$/, '')} ${remedy}`, { cause: error }) : error;
}

const files = ['private_key.pem', 'public_key.pem', 'live-assist.json', 'crm.db'];

/**
 * Creates the folder and marks it as in use by the demo at `origin`. Returns a function that removes the mark.
 *
 * @throws Error if another demo uses the folder, or if it cannot be written.
 */
export async function openDataFolder(dataDir: string, origin: string): Promise<() => void> {
  mkdirSync(dataDir, { recursive: true });
  for (const name of files) {
    const path = join(dataDir, name);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw Object.assign(new Error(`${path} is a folder.`), { code: 'EISDIR', path });
  }
  const mark = join(dataDir, 'in-use.txt');
  const other = readMark(mark);
  if (other && (await isDemo(other)))
    throw new Error(
      `The demo at ${other} uses ${dataDir} already. Open that one, end it, or set DEMO_DATA to another folder.`,
    );
  writeWholeFile(mark, `${origin}\n`);
  return () => {
    if (readMark(mark) === origin) rmSync(mark, { force: true });
  };
}

function readMark(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // No mark: nobody uses the folder.
    return undefined;
  }
}

/** A file of the stage by which a demo is recognised. */
export const isDemoPath = '/stage/page/stage.svg';

/** A mark can be left over from a demo that was killed. */
async function isDemo(origin: string): Promise<boolean> {
  if (!/^http:\/\/localhost:\d+$/.test(origin)) return false;
  const response = await fetch(`${origin}${isDemoPath}`, { signal: AbortSignal.timeout(2000) }).catch(
    () => undefined,
  );
  return response?.headers.get('content-type') === 'image/svg+xml';
}
