import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Installs the packed tarball as users do: minutes and a registry, so not part of the unit tests. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/package/**/*.installed.ts'],
    // Installations and builds side by side would only wait for each other.
    fileParallelism: false,
    testTimeout: 120_000,
  },
});
