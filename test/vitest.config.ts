import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

const pages = ['README.md', ...readdirSync(`${root}/docs`).map((page) => `docs/${page}`)];

/** `import … from 'readme:react.js'` runs the code block behind `<!-- example: react -->`, of the README or a page in docs/. */
const readmeExamples = {
  name: 'readme-examples',
  resolveId(id: string, importer?: string) {
    if (id.startsWith('readme:')) return `\0${id}`;
    if (!importer?.startsWith('\0readme:')) return undefined;
    if (id.endsWith('/token-endpoint.js')) return '\0readme:token-endpoint.js';
    // What is the reader's own, or needs a cloud.
    return id === './session.js' || /^@(azure|opentelemetry)\//.test(id)
      ? source('../test/package/readers-own.ts')
      : undefined;
  },
  load(id: string) {
    const name = /^\0readme:(.*)\.js$/.exec(id)?.[1];
    if (!name) return undefined;
    const text = pages.map((page) => readFileSync(`${root}/${page}`, 'utf8')).join('\n');
    const code = text.split(`<!-- example: ${name} -->\n\`\`\``)[1]?.split('\n```')[0];
    if (!code) throw new Error(`No page has an example ${name}.`);
    return code.slice(code.indexOf('\n'));
  },
};

/** The third-party libraries that those examples import are installed in test/foreign. */
const foreignPackages = {
  name: 'foreign-packages',
  enforce: 'pre' as const,
  resolveId(this: { resolve(id: string, importer: string): unknown }, id: string, importer?: string) {
    const isPackage = /^[a-z@]/.test(id) && !/^(live-assist-bridge|readme:|node:)/.test(id);
    return importer?.startsWith('\0readme:') && isPackage
      ? this.resolve(id, source('../test/foreign/package.json'))
      : undefined;
  },
};

/** What every project shares. Tests import the package by its own name; here that name leads to the sources. */
export const shared = defineConfig({
  plugins: [readmeExamples],
  resolve: {
    alias: [
      { find: /^live-assist-bridge$/, replacement: source('bridge/index.ts') },
      { find: /^live-assist-bridge\/server$/, replacement: source('server/index.ts') },
      { find: /^live-assist-bridge\/testing$/, replacement: source('testing/engagement.ts') },
    ],
  },
  test: {
    root,
    // A busy machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // So that tests can load ky afresh into a browser that lacks something.
    server: { deps: { inline: ['ky'] } },
  },
});

/** CONTRIBUTING.md says which tests belong to which project. */
export default defineConfig({
  test: {
    root,
    projects: [
      {
        ...shared,
        test: {
          ...shared.test,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['**/*.slow.test.ts', 'test/foreign/**', '**/node_modules/**'],
        },
      },
      { ...shared, test: { ...shared.test, name: 'slow', include: ['test/**/*.slow.test.ts'] } },
      {
        ...shared,
        plugins: [readmeExamples, foreignPackages],
        test: {
          ...shared.test,
          name: 'foreign',
          include: ['test/foreign/*.test.ts'],
        },
      },
      {
        test: {
          name: 'installed',
          root,
          include: ['test/package/**/*.installed.ts'],
          // Installations and builds side by side would only wait for each other.
          fileParallelism: false,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
