/**
 * Bundles an import the way the tag's file is bundled: Rollup and terser with the same options.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The minified script of `source`, an ES module; `globalName` makes it a plain script that sets this name. */
export async function bundle(
  source: string,
  { globalName, external = [] }: { globalName?: string; external?: string[] } = {},
): Promise<string> {
  const entry = `${here}entry.js`;
  const build = await rollup({
    input: entry,
    external,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source : null),
      },
      nodeResolve({ browser: true }),
      terser({ ecma: 2020, compress: { passes: 3 }, format: { comments: /^!/ } }),
    ],
    onwarn(warning) {
      if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(warning.message);
    },
  });
  const { output } = await build.generate(
    globalName ? { format: 'iife', name: globalName, exports: 'named' } : { format: 'es' },
  );
  return output[0].code;
}
