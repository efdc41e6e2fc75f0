/**
 * Packs the package as `npm publish` would.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const cwd = join(import.meta.dirname, '../..');

/** Packs the last build. Returns the tarball's path and the paths in it. */
export async function packInto(folder: string): Promise<{ tarball: string; files: string[] }> {
  const options = ['--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await promisify(execFile)('npm', ['pack', ...options], { cwd });
  const [{ filename, files }]: [{ filename: string; files: { path: string }[] }] = JSON.parse(stdout);
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) };
}
