/**
 * Completes the site's key pair.
 *
 * @module
 */
import { createPublicKey } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeys } from '../../key/generate-keys.js';
import { importPrivateKey } from '../../key/private-key.js';
import { publicKeyValue } from '../../key/public-key-value.js';
import type { NewFile } from '../output/write-new-files.js';
import { UsageError } from '../usage-error.js';

export interface KeyPair {
  privatePath: string;
  publicPath: string;
  publicKey: string;
  /** The files that are missing. */
  files: NewFile[];
}

/**
 * Keeps an existing pair, and derives a missing public key from the private key. A dry run creates no keys.
 *
 * @throws UsageError if the existing files are not a usable pair, or if another user can change them.
 */
export async function completeKeyPair(folder: string, isDryRun: boolean): Promise<KeyPair> {
  const [privatePath, publicPath] = [join(folder, 'private_key.pem'), join(folder, 'public_key.pem')];
  for (const path of [privatePath, publicPath]) requireNoLink(path);
  for (const path of [folder, privatePath]) if (existsSync(path)) requireOwn(path);
  if (!existsSync(privatePath)) {
    if (existsSync(publicPath))
      throw new UsageError(
        `${publicPath} is there without its private key. Put private_key.pem back beside it, or move it away.`,
      );
    const { privateKey, publicKey } = isDryRun ? { privateKey: '', publicKey: '' } : await generateKeys();
    const files = [
      { path: privatePath, text: privateKey, mode: 0o600 },
      { path: publicPath, text: publicKey, mode: 0o644 },
    ];
    return { privatePath, publicPath, publicKey, files };
  }
  const publicKey = await publicHalf(privatePath);
  if (!existsSync(publicPath))
    return {
      privatePath,
      publicPath,
      publicKey,
      files: [{ path: publicPath, text: publicKey, mode: 0o644 }],
    };
  const [own, found] = await Promise.all([
    publicKeyValue(publicKey),
    publicKeyValue(read(publicPath)).catch((error: Error) => {
      throw new UsageError(`${publicPath} cannot be used. ${error.message}`);
    }),
  ]);
  if (own !== found)
    throw new UsageError(
      `${publicPath} does not belong to private_key.pem beside it. Move public_key.pem away, and run init again.`,
    );
  return { privatePath, publicPath, publicKey, files: [] };
}

/** The other end of a link may be in the web root, in a repository, or belong to somebody else. */
function requireNoLink(path: string): void {
  if (isLink(path))
    throw new UsageError(
      `${path} is a link. Put the file itself there, or name the folder that holds the keys: --keys FOLDER.`,
    );
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    // Not there, or below a file.
    return false;
  }
}

/** On Windows, the permissions of a file are not known here. */
function requireOwn(path: string): void {
  if (process.platform === 'win32') return;
  const { uid, mode } = statSync(path);
  if (uid !== process.getuid?.())
    throw new UsageError(
      `${path} belongs to another user, who could change the key. Run init as that user, or name a folder of your own: --keys FOLDER.`,
    );
  if (mode & 0o022)
    throw new UsageError(
      `Other users may write to ${path}, so the key may be theirs. Run \`chmod go-w "${path}"\` if you trust the key, or name another folder: --keys FOLDER.`,
    );
}

async function publicHalf(path: string): Promise<string> {
  const text = read(path);
  const unusable = (reason: string) =>
    new UsageError(`${path} cannot be used. ${reason} Or move it away, and run init again.`);
  if (!text.trim()) throw unusable('It is empty.');
  await importPrivateKey(text).catch((error: Error) => {
    throw unusable(error.message);
  });
  return createPublicKey(text).export({ type: 'spki', format: 'pem' }).toString();
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Run init as the user whom it belongs to.`,
    );
  }
}
