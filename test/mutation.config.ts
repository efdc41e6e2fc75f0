import { shared } from './vitest.config.js';

/** The tests that run against mutants: those of the folder in `MUTATED`. Others are slow, or start other programs. */
export default {
  ...shared,
  test: {
    ...shared.test,
    include: [`test/${process.env.MUTATED}/**/*.test.ts`],
    exclude: ['**/*.slow.test.ts', 'test/key/artifacts.test.ts', 'test/key/remedies.test.ts'],
  },
};
