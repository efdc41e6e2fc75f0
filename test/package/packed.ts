/** The package as it would be published, unpacked to where an import finds it. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packs what the last build left in dist. */
export async function pack() {
  const folder = await mkdtemp(join(tmpdir(), 'live-assist-bridge-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const [{ filename, files }]: [{ filename: string; files: { path: string }[] }] = JSON.parse(stdout);
  const tarball = join(folder, filename);
  const home = join(folder, 'node_modules/live-assist-bridge');
  await mkdir(home, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  const manifest = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  for (const name of Object.keys(manifest.dependencies))
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');

  return {
    /** A project's folder, with the package and its dependencies in node_modules. */
    folder,
    tarball,
    /** Where the package is unpacked. */
    home,
    manifest,
    /** Paths within the package. */
    files: files.map(({ path }) => path),
    read: (path: string) => readFile(join(home, path), 'utf8'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
