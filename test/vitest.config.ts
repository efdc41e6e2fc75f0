import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `import … from 'readme:react.js'` runs the README's code block behind `<!-- example: react -->`. */
const readmeExamples = {
  name: 'readme-examples',
  resolveId: (id: string) => (id.startsWith('readme:') ? `\0${id}` : undefined),
  load(id: string) {
    const name = /^\0readme:(.*)\.js$/.exec(id)?.[1];
    if (!name) return undefined;
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const code = readme.split(`<!-- example: ${name} -->\n\`\`\``)[1]?.split('\n```')[0];
    if (!code) throw new Error(`README.md has no example ${name}.`);
    return code.slice(code.indexOf('\n'));
  },
};

const source = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

/** Tests import the package by its own name; here that name leads to the sources. */
export default defineConfig({
  plugins: [readmeExamples],
  resolve: {
    alias: [
      { find: /^live-assist-bridge$/, replacement: source('bridge/index.ts') },
      { find: /^live-assist-bridge\/server$/, replacement: source('server/index.ts') },
      { find: /^live-assist-bridge\/testing$/, replacement: source('testing/engagement.ts') },
    ],
  },
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    // A busy machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // So that tests can load ky afresh into a browser that lacks something.
    server: { deps: { inline: ['ky'] } },
  },
});
