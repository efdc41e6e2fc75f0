/**
 * The build's part of `try`: makes the module `virtual:page-files` out of the styles and scripts of the stand-in's pages.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const id = 'virtual:page-files';
const folder = new URL('../', import.meta.url);

export const pageFiles = {
  name: 'page-files',
  resolveId: (asked) => (asked === id ? `\0${id}` : undefined),
  async load(asked) {
    if (asked !== `\0${id}`) return undefined;
    const { code } = await transform(readFileSync(new URL('page-names.ts', folder), 'utf8'), {
      loader: 'ts',
    });
    const { pageNames } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const entries = await Promise.all(pageNames.map(async (name) => [name, await textOf(name)]));
    return `export const texts = ${JSON.stringify(Object.fromEntries(entries))};`;
  },
};

async function textOf(name) {
  const path = fileURLToPath(new URL(name, folder));
  if (!name.endsWith('.js')) return readFileSync(path, 'utf8');
  const { outputFiles } = await build({
    entryPoints: [path.replace(/js$/, 'ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}
