/**
 * The package as it would be published, unpacked to a place where imports find it.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packInto } from './pack-into.js';

const installed = join(import.meta.dirname, '../../node_modules');

/** Packs, and unpacks into a new folder, without a registry. */
export async function pack() {
  const folder = await mkdtemp(join(tmpdir(), 'live-assist-bridge-'));
  const { tarball, files } = await packInto(folder);
  const home = join(folder, 'node_modules/live-assist-bridge');
  await mkdir(home, { recursive: true });
  await promisify(execFile)('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  const manifest = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  for (const name of Object.keys(manifest.dependencies))
    await symlink(join(installed, name), join(folder, 'node_modules', name), 'junction');

  return {
    /** A project's folder, with the package and its dependencies in node_modules. */
    folder,
    tarball,
    /** Where the package is unpacked. */
    home,
    manifest,
    /** Paths within the package. */
    files,
    read: (path: string) => readFile(join(home, path), 'utf8'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
