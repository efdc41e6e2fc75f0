/**
 * What `npm run test:all` runs, in this order.
 *
 * @module
 */
import { installedFirefox } from '../../e2e/browser/installed-firefox.js';
import { installedWebKit } from '../../e2e/browser/installed-webkit.js';

export interface Suite {
  /** The npm script, and what is passed to it. */
  run: [script: string, ...args: string[]];
  /** Why this machine cannot run the suite. */
  missing?: () => string | undefined;
}

const languages = ['test/recipes', 'test/interop', 'test/phones', 'test/testing/other-tools'];

export const suites: Record<string, Suite> = {
  foreign: { run: ['test:foreign'] },
  built: { run: ['test:slow', ...languages.map((folder) => `--exclude=${folder}/**`)] },
  languages: { run: ['test:slow', ...languages] },
  // Runs three times, so that a race is found here and not on a newcomer's machine.
  core: { run: ['test:core', '--repeat-each=3'] },
  chromium: { run: ['test:e2e', '--grep-invert=@core'] },
  module: { run: ['test:module'] },
  firefox: {
    run: ['test:firefox'],
    missing: () =>
      installedFirefox() ? undefined : 'Firefox was not found. On Debian: apt-get install firefox-esr',
  },
  webkit: {
    run: ['test:webkit'],
    missing() {
      const webkit = installedWebKit();
      return typeof webkit === 'string' ? webkit : undefined;
    },
  },
  bench: { run: ['bench', '--quick'] },
  installed: { run: ['test:installed'] },
  runtimes: { run: ['test:runtimes'] },
};
