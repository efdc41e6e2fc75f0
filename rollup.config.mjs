import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { onePage } from './src/diagnose-page/one-page.mjs';
import { pageFiles } from './src/live-assist/try/page-files.mjs';

const { version, exports } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Ships only the declarations that an export of the package needs. */
const reachedDeclarations = {
  name: 'reached-declarations',
  generateBundle(_options, bundle) {
    const reached = new Set(
      Object.values(exports).flatMap(({ types }) => types?.slice('./dist/'.length) ?? []),
    );
    for (const name of reached)
      for (const [, path] of bundle[name].source.matchAll(/(?:from|import) ?\(?['"](\.[^'"]+)\.js['"]/g))
        reached.add(posix.join(posix.dirname(name), `${path}.d.ts`));
    for (const name of Object.keys(bundle))
      if (name.endsWith('.d.ts') && !reached.has(name)) delete bundle[name];
  },
};

/** Does not ship modules that only run inside pages: `selfContained` and the plain script contain copies of them. */
const noPageModules = {
  name: 'no-page-modules',
  generateBundle(_options, bundle) {
    const isPageSide = (name) => /^testing\/(page\/|engagement\.js)/.test(name);
    const isSelfContained = (name) => /^testing\/(engagement|page\/watch-scripts)\.js$/.test(name);
    const needed = new Set(Object.keys(bundle).filter((name) => !isPageSide(name)));
    for (const name of needed)
      if (!isSelfContained(name)) for (const path of bundle[name]?.imports ?? []) needed.add(path);
    for (const name of Object.keys(bundle))
      if (name.startsWith('testing/page/') && name.endsWith('.js') && !needed.has(name)) delete bundle[name];
  },
};

/** The MIT licence requires its text in every copy. Only dist/try.js contains code of other packages. */
const licence = {
  name: 'licence',
  generateBundle() {
    const bundled = ['hono', '@hono/node-server'].map(
      (name) => `\n\n${name}, in try.js:\n\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8')}`,
    );
    const source = [readFileSync('LICENSE', 'utf8'), ...bundled].join('');
    this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source });
  },
};

/** The ES modules, one file per source file, with the declarations of the exports beside them. */
const modules = {
  input: [
    'src/bridge/index.ts',
    'src/server/index.ts',
    'src/cli/main.ts',
    'src/testing/engagement.ts',
    'src/testing/playwright.ts',
  ],
  external: [/^node:/, 'ky', 'jose', '@playwright/test'],
  output: { dir: 'dist', format: 'es', preserveModules: true, preserveModulesRoot: 'src' },
  plugins: [
    typescript({
      include: ['src/**/*.ts'],
      filterRoot: '.',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        declarationDir: 'dist',
        rootDir: 'src',
        outDir: 'dist',
      },
      noEmitOnError: true,
    }),
    reachedDeclarations,
    noPageModules,
  ],
};

/** Compiles some folders again without types, which have been checked with the modules. */
const transpile = (include) =>
  typescript({ include, filterRoot: '.', compilerOptions: { noEmit: false, noCheck: true, types: [] } });

/** The script tag's file. src/bridge/umd.ts publishes its exports. */
const tag = {
  input: 'src/bridge/umd.ts',
  output: {
    file: 'dist/live-assist-bridge.umd.js',
    format: 'iife',
    sourcemap: true,
    // The first line makes Chromium compile all functions while the file is loading, not one by one when it runs.
    banner: `//# allFunctionsCalledOnLoad\n/*! live-assist-bridge ${version} | MIT | see LICENSES.txt */try{`,
    // Even on a page that has replaced a basic global such as Object, the visitor still gets the offline survey.
    footer:
      '}catch{console.warn("live-assist-bridge: A script of this page has replaced a part of JavaScript. Remove it. (endpoint-failed)");window.authoriseChatWithCallback||=c=>c(null,"Unable to generate key")}',
  },
  plugins: [
    transpile('src/{bridge,contract}/**/*.ts'),
    terser({
      ecma: 2020,
      compress: { passes: 3, hoist_funs: true },
      format: { comments: /^(# all|! live-assist-bridge)/ },
    }),
    licence,
  ],
};

const pageScripts = 'src/testing/{engagement,plain-script,page/*}.ts';

/** The engagement as a plain script: one global function, for test tools that cannot import modules into a page. */
const engagement = {
  input: 'src/testing/plain-script.ts',
  output: {
    file: 'dist/live-assist-engagement.js',
    format: 'iife',
    name: 'globalThis',
    extend: true,
    // Loaded as a module it has no `this`.
    banner: '(function(){',
    footer: '}).call(globalThis);',
  },
  plugins: [transpile(pageScripts), terser({ ecma: 2020 })],
};

/**
 * A function whose source text can be injected into any page: everything that its module imports is moved inside.
 * Overwrites the file that `modules` has written, so it comes after `modules` in the list below.
 */
const selfContained = (path, name) => ({
  input: `src/${path}.ts`,
  output: {
    file: `dist/${path}.js`,
    format: 'iife',
    name: 'inner',
    banner: `export function ${name}(...given) {`,
    footer: `return inner.${name}(...given);\n}`,
  },
  plugins: [transpile(pageScripts)],
});

/** The page on which administrators examine a token. */
const page = {
  input: 'src/diagnose-page/page.ts',
  output: { file: 'dist/diagnose.html', format: 'iife' },
  plugins: [
    transpile('src/{contract,key,diagnosis,diagnose-page}/**/*.ts'),
    terser({ ecma: 2020, format: { comments: false } }),
    onePage(version),
  ],
};

/** The stand-in for Live Assist that the command `try` loads: one file, so that nothing else has to be installed. */
const standIn = {
  input: 'src/live-assist/try/index.ts',
  external: [/^node:/, 'jose'],
  output: { file: 'dist/try.js', format: 'es' },
  plugins: [
    pageFiles,
    nodeResolve({ exportConditions: ['node'] }),
    transpile('src/{live-assist,testing,diagnosis,key,contract}/**/*.ts'),
    terser({ ecma: 2020, module: true }),
  ],
};

export default [
  modules,
  tag,
  engagement,
  selfContained('testing/engagement', 'startEngagement'),
  selfContained('testing/page/watch-scripts', 'watchScripts'),
  page,
  standIn,
];
