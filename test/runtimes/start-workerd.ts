/**
 * Starts workerd, the runtime of Cloudflare Workers, through miniflare.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Miniflare {
  ready: Promise<URL>;
  dispose(): Promise<void>;
}

export async function startWorkerd(folder: string, script: string) {
  const { Miniflare }: { Miniflare: new (options: object) => Miniflare } = createRequire(
    join(folder, 'package.json'),
  )('miniflare');
  const server = new Miniflare({
    modules: true,
    script: await readFile(script, 'utf8'),
    compatibilityDate: '2026-01-01',
    host: '127.0.0.1',
    port: 0,
  });
  const url = await server.ready;
  return { url: url.origin, stop: () => server.dispose() };
}
