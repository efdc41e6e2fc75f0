/**
 * `npm run test:mutation`, or `-- key server` for some folders: changes the code of a folder and counts the changes that no
 * test of that folder notices.
 *
 * Each folder runs with its own tests only. With the tests of all folders, a constant that every module reads makes
 * every test run again, and the whole takes many hours. So the score is a lower bound.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';

const folders = ['contract', 'key', 'server', 'bridge'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !folders.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown folder: ${unknown.join(', ')}. Choose from ${folders.join(', ')}.`);
  process.exit(2);
}

for (const folder of wanted.length > 0 ? wanted : folders) {
  console.log(`\nsrc/${folder}`);
  const { status } = spawnSync(
    'npx',
    ['stryker', 'run', 'test/stryker.config.json', '--mutate', `src/${folder}/**/*.ts`],
    { stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, MUTATED: folder } },
  );
  if (status !== 0) process.exitCode = 1;
}
