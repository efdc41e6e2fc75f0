/**
 * Bundles an entry and all its imports, including the built package, into one file, as a site's own build would.
 *
 * @module
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import typescript from '@rollup/plugin-typescript';
import { rollup } from 'rollup';

/** The path of the bundle in `folder`. */
export async function bundle(entry: string, folder: string): Promise<string> {
  const file = join(folder, entry.replace('.ts', '.mjs'));
  const built = await rollup({
    input: fileURLToPath(new URL(entry, import.meta.url)),
    external: /^node:/,
    plugins: [
      nodeResolve(),
      typescript({ include: ['test/**/*.ts'], compilerOptions: { noEmit: false }, noEmitOnError: true }),
    ],
  });
  await built.write({ file, format: 'es', inlineDynamicImports: true });
  await built.close();
  return file;
}
