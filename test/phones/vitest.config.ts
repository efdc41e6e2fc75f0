import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The phone file's own time limits take about a minute, so these checks are not part of the unit tests. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/phones/**/*.checks.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
