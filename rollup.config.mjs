import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';

const { version, exports } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Ships the declarations that an export of the package leads to, and no other. */
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

/** The MIT licence asks that its text go with every copy: of this package, and of those that a bundle holds. */
const licences = {
  name: 'licences',
  generateBundle(_options, bundle) {
    const ids = Object.values(bundle).flatMap(({ modules = {} }) => Object.keys(modules));
    const folders = ids.flatMap((id) => id.match(/.*node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/)?.[0] ?? []);
    const texts = [...new Set(['.', ...folders])].map((folder) => {
      const { name } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      return `${name}\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
    });
    this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: texts.join(`\n${'-'.repeat(80)}\n\n`) });
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
  ],
};

/**
 * ky as the tag calls it: one request, by URL, with a method in capitals, `timeout: false`, an own `fetch` that throws what is not ok, a `shouldRetry` that says yes
 * or no, and none of ky's other options. What such a call cannot reach is left out; it is half of the file. A line that ky
 * has not, or not as often, stops the build: read ky's source again before mending the pattern.
 */
const unreached = {
  'index.js': [
    // One instance without defaults: nothing to merge, no shortcut for a method.
    [/^const createInstance.*^const ky = createInstance\(\);/ms, 'const ky = Ky.create;'],
  ],
  'core/constants.js': [
    // Only bodies that are streams or forms ask for these, and both are worked out when the page loads.
    [/(?<=supportsRequestStreams = ).*?\}\)\(\)/s, 'false'],
    [/(?<=usualFormBoundarySize = ).*/, '0;'],
  ],
  'utils/delay.js': [
    // Without a signal.
    [/async function delay\(.*^\}/ms, '(ms) => new Promise((resolve) => setTimeout(resolve, ms));'],
  ],
  'utils/normalize.js': [
    // What shouldRetry decides, and forms of the options that are not used.
    [/const retryStatusCodes = .*/, 'const retryStatusCodes = 0;'],
    [/const retryAfterStatusCodes = .*/, 'const retryAfterStatusCodes = 0;'],
    [/typeof retry === 'number'|retry\.(methods|statusCodes)(?= && !)/g, 'false', 3],
    [/Object\.fromEntries\(Object\.entries\(retry\).*/, 'retry;'],
  ],
  'core/Ky.js': [
    // Options never given.
    [
      /\w+\.#options\.((retry\.jitter|json|on\w+Progress|parseJson|searchParams)\b|prefixUrl(?= &&))/g,
      'undefined',
      20,
    ],
    [/hasSearchParameters\(undefined\)/, 'false'],
    [/^ +hooks: mergeHooks\(.*?options\.hooks\),/ms, ''],
    [/for \(const hook of/g, 'if (false) $&', 4],
    // Without hooks nobody can ask for a retry by throwing; what fetch throws may be no Error, but needs no wrapping.
    [/error(Object)? instanceof ForceRetryError/g, 'false', 2],
    [/error instanceof Error \? error : new NonError\(error\)/, 'Object(error)'],
    // Options always given, and a verdict that is never undecided.
    [/this\.#options\.(retry\.shouldRetry !== undefined|timeout === false)|result === true/g, 'true', 3],
    [/(?<=if \()typeof ky\.#options\.timeout === 'number'/, 'false'],
    [/this\.#input instanceof globalThis\.Request$/m, 'false'],
    [/(?<=if \()typeof this\.#input !== 'string'/, 'false'],
    [/^ +headers: mergeHeaders.*/m, ''],
    [/(?<=userProvidedContentType = ).*/, 'false;'],
    [/normalizeRequestMethod\(.*?'GET'\)/, 'options.method'],
    [/^ +prefixUrl: String.*/m, ''],
    [/^ +context: .*/m, ''],
    // No signal is given, and ky's own one ends its timeout, of which there is none.
    [/^ +if \(supportsAbortController && supportsAbortSignal\) \{.*?^ {8}\}/ms, ''],
    [/(?<=await delay\(ms), .*(?=\))/, ''],
    [/this\.#abortController\?\.signal\.aborted/, 'false'],
    // The Request that is never sent; MooTools has another class of that name.
    [/new globalThis\.Request\(this\.#input, this\.#options\)/, 'this.#options'],
    [/(?<=this\.#originalRequest)\.clone\(\)/, ''],
    // An answer that is none is thrown by the own fetch.
    [/(?<=if \()!response\.ok/, 'false'],
    // The shortcuts ky(...).json() and the like; options that fetch knows and Request does not.
    [/for \(const \[type, mimeType\]/, 'if (false) $&'],
    [/findUnknownOptions\(.*?\)/, '{}'],
  ],
};

const leanKy = {
  name: 'lean-ky',
  transform(code, id) {
    const file = id.replaceAll('\\', '/').split('/node_modules/ky/distribution/')[1];
    for (const [pattern, replacement, times = 1] of unreached[file] ?? []) {
      const all = new RegExp(pattern, `${pattern.flags.replace('g', '')}g`);
      const found = code.match(all)?.length ?? 0;
      if (found !== times) this.error(`${file} has ${pattern} ${found} times, not ${times}.`);
      // As many lines as before: the source map stays right.
      code = code.replace(
        pattern,
        (found) => replacement.replace('$&', () => found) + found.replace(/./g, ''),
      );
    }
    return unreached[file] && { code, map: null };
  },
};

/** For what is bundled from the sources once more: their types have been checked with the modules. */
const transpile = () =>
  typescript({
    include: ['src/**/*.ts'],
    filterRoot: '.',
    compilerOptions: { noEmit: false, noCheck: true },
  });

/** The script tag's file. */
const tag = {
  input: 'src/bridge/script.ts',
  output: {
    file: 'dist/live-assist-bridge.umd.js',
    format: 'umd',
    name: 'liveAssistBridge',
    amd: { id: 'live-assist-bridge' },
    extend: true,
    sourcemap: true,
    // The first line has Chromium compile every function while the file is fetched, not one by one when it runs.
    // With its attribute the file installs itself, on a page with an AMD loader too: there it must not see `define`,
    // unless that loader asked for it.
    banner: `//# allFunctionsCalledOnLoad\n/*! live-assist-bridge ${version} | MIT | includes ky (MIT, Sindre Sorhus) | see LICENSES.txt */(function(define){`,
    footer:
      "})(globalThis.document&&(document.currentScript?.dataset.tokenEndpoint!=null||!document.currentScript?.dataset.requiremodule&&document.querySelectorAll('script[data-token-endpoint]').length==1)?void 0:globalThis.define);",
  },
  plugins: [
    leanKy,
    nodeResolve({ browser: true }),
    transpile(),
    terser({ ecma: 2020, compress: { passes: 3 }, format: { comments: /^(# all|! live-assist-bridge)/ } }),
    licences,
  ],
};

/** The engagement as a plain script: one global function, for test tools which import no modules into a page. */
const engagement = {
  input: 'src/testing/engagement.ts',
  output: {
    file: 'dist/live-assist-engagement.js',
    format: 'iife',
    name: 'globalThis',
    extend: true,
    // Loaded as a module it has no `this`.
    banner: '(function(){',
    footer: '}).call(globalThis);',
  },
  plugins: [transpile(), terser({ ecma: 2020 })],
};

/** One file out of page, style and script: its policy allows these two, by their hashes, and no connection. */
const onePage = {
  name: 'one-page',
  generateBundle(_, bundle) {
    const [chunk] = Object.values(bundle);
    delete bundle[chunk.fileName];
    const read = (name) => readFileSync(`src/diagnose-page/${name}`, 'utf8');
    const script = chunk.code.trim();
    const style = read('style.css').replace(/^ +|\n/gm, '');
    const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const policy = [
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      'img-src data:',
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ].join('; ');
    const parts = {
      policy: `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
      style: `<style>${style}</style>`,
      version,
      script: `<script>${script}</script>`,
    };
    const source = read('index.html').replace(/<!-- (\w+) -->/g, (_, name) => parts[name]);
    this.emitFile({ type: 'asset', fileName: 'diagnose.html', source });
  },
};

/** The page on which administrators examine a token. */
const page = {
  input: 'src/diagnose-page/page.ts',
  output: { file: 'dist/diagnose.html', format: 'iife' },
  plugins: [
    typescript({
      include: ['src/{diagnose-page,server,token}/**/*.ts'],
      filterRoot: '.',
      compilerOptions: { noEmit: false },
      noEmitOnError: true,
    }),
    terser({ ecma: 2020, format: { comments: false } }),
    onePage,
  ],
};

export default [modules, tag, engagement, page];
