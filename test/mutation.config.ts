import { shared } from './vitest.config.js';

const folder = process.env.MUTATED ?? '';

/** Tests of other folders that say what becomes of a key's text. */
const elsewhere: Partial<Record<string, string[]>> = {
  key: ['key', 'shown-by-tools', 'pasted-instead', 'first-sentence'].map(
    (name) => `test/diagnosis/${name}.test.ts`,
  ),
};

/** The tests that run against the mutants of a folder. Others are slow, or start other programs. */
export default {
  ...shared,
  test: {
    ...shared.test,
    include: [`test/${folder}/**/*.test.ts`, ...(elsewhere[folder] ?? [])],
    exclude: ['**/*.slow.test.ts', 'test/key/remedies.test.ts'],
  },
};
