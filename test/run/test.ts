/**
 * `npm test`: types, lint, unit tests and the core flows in Chromium, with the time of each.
 *
 * @module
 */
import { ensureChromium } from '../../e2e/browser/ensure-chromium.js';
import { runScript, table } from './phase.js';

/** The phases, each with the script that runs it alone. */
const phases = { types: 'test:types', lint: 'test:lint', unit: 'test:unit', browser: 'test:core' };

const problem = ensureChromium();
if (problem) {
  console.error(problem);
  process.exit(1);
}

const times: string[][] = [];
let total = 0;
for (const [phase, script] of Object.entries(phases)) {
  console.log(`\n${phase}: npm run ${script}`);
  const { succeeded, seconds } = runScript(script);
  total += seconds;
  times.push([
    phase,
    `${seconds.toFixed(1)} s`,
    succeeded ? '' : `failed. Repeat it alone: npm run ${script}`,
  ]);
  if (succeeded) continue;
  process.exitCode = 1;
  break;
}
console.log(`\n${table([...times, ['total', `${total.toFixed(1)} s`, '']])}`);
