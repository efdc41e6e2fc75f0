/**
 * Builds the package if a source is newer than what was built, and shows that something is happening.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const timeOf = (path: string) => statSync(new URL(path, root)).mtimeMs;

/** Whether every file that the package exports is there and newer than all sources. */
export function isFresh(): boolean {
  const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const text = JSON.stringify(exports);
  const built = [...text.matchAll(/"\.\/(dist\/[^"*]+)"/g)].map(([, path = '']) => path);
  built.push('dist/diagnose.html');
  if (!built.every((path) => existsSync(new URL(path, root)))) return false;
  const oldest = Math.min(...built.map(timeOf));
  const sources = readdirSync(new URL('src/', root), { recursive: true }).map((path) => `src/${path}`);
  const settings = readdirSync(root).filter((name) =>
    /^(rollup\..*|package\.json|tsconfig\.json|LICENSE)$/.test(name),
  );
  return [...settings, ...sources].every((path) => timeOf(path) <= oldest);
}

/** @throws Error if the build fails; the reason has been printed. */
export async function ensureBuild(): Promise<void> {
  if (isFresh()) return;
  console.log('Building the package, which takes up to a minute. The next start skips this.');
  const begin = performance.now();
  const npm = process.env.npm_execpath;
  const cwd = fileURLToPath(root);
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, 'run', 'build'], { cwd })
    : spawn('npm run build', { cwd, shell: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const [file] of text.matchAll(/(?<=created .*)dist[\w./-]+/g)) console.log(`  built ${file}`);
    });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${output}\nThe build failed. The lines above say why.`);
  console.log(`  done in ${Math.round((performance.now() - begin) / 1000)} s`);
}
