import { shared } from './vitest.config.js';

/** The tests that run against mutants. The others need the built files or are slow. */
export default {
  ...shared,
  test: {
    ...shared.test,
    include: ['test/{bridge,contract,key,server}/**/*.test.ts'],
    exclude: ['**/*.slow.test.ts'],
  },
};
