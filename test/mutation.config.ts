import config from './vitest.config.js';

/** The tests that mutants of src/bridge and src/token have to face; the others need the built files. */
export default {
  ...config,
  test: { ...config.test, include: ['test/bridge/**/*.test.ts', 'test/token/**/*.test.ts'] },
};
