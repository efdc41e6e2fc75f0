/**
 * Serves the browser files of the demo and of the stand-in: styles unchanged, scripts bundled from TypeScript.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PageFiles, pageNames } from '#live-assist';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Loaded when the first page asks, so that the demo itself starts without a bundler. */
async function bundle(url: URL): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(url).replace(/js$/, 'ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** Serves `names`, found in `folder` under the same path, and nothing else. */
function filesIn(folder: URL, names: readonly string[]): PageFiles {
  const texts = new Map<string, Promise<string> | string>();
  return async (path) => {
    if (!names.includes(path)) return undefined;
    const url = new URL(path, folder);
    const text = texts.get(path) ?? (extname(path) === '.js' ? bundle(url) : readFileSync(url, 'utf8'));
    texts.set(path, text);
    return { type: types[extname(path)] ?? 'text/plain', text: await text };
  };
}

export const liveAssistFiles = filesIn(new URL('../src/live-assist/', import.meta.url), pageNames);

/** The files of one actor's folder under demo/, at `/actor/name`, and the look that all pages share. */
export function createPageFiles(actor: string, names: readonly string[]): PageFiles {
  const own = filesIn(
    new URL('./', import.meta.url),
    names.map((name) => `${actor}/${name}`),
  );
  return async (path) => (path === 'look/look.css' ? liveAssistFiles(path) : own(path));
}
