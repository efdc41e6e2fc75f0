import { shared } from './vitest.config.js';

/** The tests that mutants of src/bridge and src/contract have to face; the others need the built files. */
export default {
  ...shared,
  test: { ...shared.test, include: ['test/bridge/**/*.test.ts', 'test/contract/**/*.test.ts'] },
};
