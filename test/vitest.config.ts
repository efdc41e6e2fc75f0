import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

/** Tests import the package by its own name; here that name leads to the sources. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^live-assist-bridge$/, replacement: source('bridge/index.ts') },
      { find: /^live-assist-bridge\/server$/, replacement: source('server/index.ts') },
      { find: /^live-assist-bridge\/testing$/, replacement: source('testing/engagement.ts') },
    ],
  },
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    // So that tests can load ky afresh into a browser that lacks something.
    server: { deps: { inline: ['ky'] } },
  },
});
