import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { examplesPlugin } from './docs/examples-plugin.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

/** The third-party libraries that the documented examples import are installed in test/foreign. */
const foreignPackages = {
  name: 'foreign-packages',
  enforce: 'pre' as const,
  resolveId(this: { resolve(id: string, importer: string): unknown }, id: string, importer?: string) {
    const isPackage = /^[a-z@]/.test(id) && !/^(live-assist-bridge|docs:|node:)/.test(id);
    return importer?.startsWith('\0docs:') && isPackage
      ? this.resolve(id, source('../test/foreign/package.json'))
      : undefined;
  },
};

/** Files whose first line asks for jsdom. Each has a process of its own, because the bridge keeps hold of its page. */
const inJsdom = ['test/bridge/*.test.ts', 'test/diagnosis/agreement.test.ts', 'test/docs/front-end.test.ts'];

/** What every project shares. Tests import the package by its own name; here that name leads to the sources. */
export const shared = defineConfig({
  plugins: [examplesPlugin],
  resolve: {
    alias: [
      { find: /^live-assist-bridge$/, replacement: source('bridge/index.ts') },
      { find: /^live-assist-bridge\/server$/, replacement: source('server/index.ts') },
      { find: /^live-assist-bridge\/testing$/, replacement: source('testing/engagement.ts') },
    ],
  },
  test: {
    root,
    // Generous, so that a busy machine does not fail a test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Lets tests load a fresh ky into a browser that lacks something.
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
          exclude: [...inJsdom, '**/*.slow.test.ts', 'test/foreign/**', '**/node_modules/**'],
          // Files share a process and its modules, which takes a quarter less time. So nothing may stay replaced.
          isolate: false,
          unstubGlobals: true,
        },
      },
      { ...shared, test: { ...shared.test, name: 'jsdom', include: inJsdom } },
      { ...shared, test: { ...shared.test, name: 'slow', include: ['test/**/*.slow.test.ts'] } },
      {
        ...shared,
        plugins: [examplesPlugin, foreignPackages],
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
          // Parallel installations and builds would only wait for each other.
          fileParallelism: false,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
