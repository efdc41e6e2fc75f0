/**
 * `npm test`: types, lint, unit tests and the core flows in Chromium, with the time of each.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureChromium } from '../../e2e/browser/ensure-chromium.js';
import { runScript, table } from './phase.js';

/** The phases, each with the script that runs it alone. */
const phases = { types: 'test:types', lint: 'test:lint', unit: 'test:unit', browser: 'test:core' };

const problem = ensureChromium();
if (problem) {
  console.error(problem);
  process.exit(1);
}

// Types and lint need no build, so it runs beside them. If it fails, the next phase builds again and shows why.
const build = spawn('npm', ['run', '--silent', 'build:if-stale'], {
  stdio: 'ignore',
  // On Windows, npm is a batch file.
  shell: process.platform === 'win32',
});
const buildEnded = once(build, 'exit');

const times: string[][] = [];
const begin = performance.now();
for (const [phase, script] of Object.entries(phases)) {
  if (phase === 'unit') await buildEnded;
  console.log(`\n${phase}: npm run ${script}`);
  const { succeeded, seconds } = runScript(script);
  times.push([
    phase,
    `${seconds.toFixed(1)} s`,
    succeeded ? '' : `failed. Repeat it alone: npm run ${script}`,
  ]);
  if (succeeded) continue;
  process.exitCode = 1;
  break;
}
const total = (performance.now() - begin) / 1000;
console.log(`\n${table([...times, ['total', `${total.toFixed(1)} s`, '']])}`);
