/**
 * Builds the package, unless the built files are newer than everything they are made of.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const changed = (path: string) => statSync(join(root, path)).mtimeMs;

/** A folder's own time tells when a file was added or removed. */
const sources = [
  'src',
  ...readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((path) => join('src', path)),
];
const inputs = [
  ...sources,
  ...readdirSync(root).filter((name) => /^(rollup\..*|package\.json|tsconfig\.json|LICENSE)$/.test(name)),
];

// The build begins with the modules and ends with the page.
const [first, last] = ['dist/bridge/index.js', 'dist/diagnose.html'];
const isFresh =
  existsSync(join(root, last)) &&
  existsSync(join(root, first)) &&
  Math.max(...inputs.map(changed)) < changed(first);

if (!isFresh) {
  console.log('Building the package, about 20 seconds.');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: 'inherit',
    // On Windows, npm is a batch file.
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
}
