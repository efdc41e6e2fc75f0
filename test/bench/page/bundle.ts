/**
 * Bundles an import the way the tag's file is bundled: Rollup and terser with the same options.
 *
 * @module
 */
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { thirdPartyFolder } from '../third-party.js';

const made = new Map<string, Promise<string>>();

/**
 * The minified script of `source`, an ES module; `globalName` makes it a plain script that sets this name. Several parts of a
 * run share the result.
 */
export function bundle(source: string, { globalName }: { globalName?: string } = {}): Promise<string> {
  const key = `${globalName}: ${source}`;
  const script = made.get(key) ?? make(source, globalName);
  made.set(key, script);
  return script;
}

async function make(source: string, globalName: string | undefined): Promise<string> {
  const entry = `${thirdPartyFolder}entry.js`;
  const build = await rollup({
    input: entry,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source : null),
        // As every bundler does for production.
        transform: (code) => code.replaceAll('process.env.NODE_ENV', '"production"'),
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
