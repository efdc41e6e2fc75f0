import config from './vitest.config.js';

/** The tests that mutants of src/bridge and src/contract have to face; the others need the built files. */
export default {
  ...config,
  test: { ...config.test, include: ['test/bridge/**/*.test.ts', 'test/contract/**/*.test.ts'] },
};
