/**
 * `npm run test:all`: everything that `npm test` leaves out, or `-- firefox webkit` for some suites.
 *
 * With `REQUIRE_TOOLS` set, a missing browser or language is a failure. Otherwise it is named and skipped.
 *
 * @module
 */
import { runScript, table } from './phase.js';
import { type Suite, suites } from './suites.js';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  console.error(`Unknown suite: ${unknown.join(', ')}. Choose from ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

function run({ run: [script, ...args], missing }: Suite): { result: string; seconds: number } {
  const reason = missing?.();
  if (reason) {
    if (process.env.REQUIRE_TOOLS) process.exitCode = 1;
    return { result: `${process.env.REQUIRE_TOOLS ? 'failed' : 'skipped'}: ${reason}`, seconds: 0 };
  }
  const { succeeded, seconds } = runScript(script, args);
  if (!succeeded) process.exitCode = 1;
  const again = ['npm run', script, ...(args.length ? ['--', ...args] : [])].join(' ');
  return { result: succeeded ? 'passed' : `failed. Repeat it alone: ${again}`, seconds };
}

const { succeeded: isBuilt } = runScript('build:if-stale');
if (!isBuilt) process.exit(1);

const rows = [['suite', 'minutes', 'result']];
let total = 0;
for (const [name, suite] of Object.entries(suites).filter(([name]) => isWanted(name))) {
  console.log(`\n${name}: npm run ${suite.run.join(' ')}`);
  const { result, seconds } = run(suite);
  total += seconds;
  rows.push([name, (seconds / 60).toFixed(1), result]);
}
console.log(`\n${table([...rows, ['total', (total / 60).toFixed(1), '']])}`);
