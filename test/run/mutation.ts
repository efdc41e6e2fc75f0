/**
 * `npm run test:mutation`, or `-- key server` for some folders, or `-- src/key/der.ts` for a file: changes the code of a
 * folder and counts the changes that no test of that folder notices.
 *
 * Each folder runs with its own tests, and `key` also with those of diagnosis that concern keys. With the tests of all
 * folders, a constant that every module reads makes every test run again, and the whole takes many hours. So the score
 * is a lower bound.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const folders = ['contract', 'key', 'server', 'bridge'];

const wanted = process.argv.slice(2).map((name) => name.replaceAll('\\', '/'));
const folderOf = (name: string) =>
  folders.includes(name) ? name : existsSync(name) ? /^src\/([^/]+)\/.+\.ts$/.exec(name)?.[1] : undefined;
const unknown = wanted.filter((name) => !folderOf(name));
if (unknown.length > 0) {
  console.error(
    `Unknown: ${unknown.join(', ')}. Choose from ${folders.join(', ')}, or give a file like src/key/der.ts.`,
  );
  process.exit(2);
}

for (const name of wanted.length > 0 ? wanted : folders) {
  const folder = folderOf(name);
  const pattern = name === folder ? `src/${folder}/**/*.ts` : name;
  console.log(`\n${pattern}`);
  const { status } = spawnSync('npx', ['stryker', 'run', 'test/stryker.config.json', '--mutate', pattern], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, MUTATED: folder },
  });
  if (status !== 0) process.exitCode = 1;
}
