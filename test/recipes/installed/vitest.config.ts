import base from '../../vitest.config.js';

/** Recipes in the real WordPress and behind the real nginx: they start databases and servers, so they are not unit tests. */
export default {
  ...base,
  test: { ...base.test, include: ['test/recipes/installed/*.installed.ts'], fileParallelism: false },
};
