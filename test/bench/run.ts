/**
 * `npm run bench`: measures every part, or the parts named, and prints a table for each.
 *
 * With `-- --quick`, few rounds take about two minutes. Then no file is written, and only ratios and counts are judged.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine, versions } from './machine.js';
import { parts } from './parts.js';
import { problemsOf } from './problems.js';
import { quoteFigures } from './quote/quote-figures.js';
import type { Row } from './row.js';
import { installThirdParty } from './third-party.js';

const {
  values: { quick },
  positionals: chosen,
} = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length) {
  console.error(`There is no part ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
installThirdParty();
const results: Record<string, Row[]> = {};
for (const [name, load] of Object.entries(parts)) {
  if (chosen.length && !chosen.includes(name)) continue;
  const part = await load();
  const begin = performance.now();
  results[name] = await part(quick ? 'quick' : 'whole');
  console.log(`\n${name}, ${Math.round((performance.now() - begin) / 1000)} s`);
  console.table(results[name]);
}

for (const { measure, against, ratio, ours, goal, met } of Object.values(results).flat())
  if (met === false)
    console.log(`Goal missed: ${measure}, against ${against}: ours ${ours}, ratio ${ratio}. Goal: ${goal}.`);

const problems = problemsOf(results);
for (const problem of problems) console.error(`Failed: ${problem}`);
if (problems.length) process.exitCode = 1;
// Only a whole run is saved and quoted, so that all figures come from one machine and one hour.
else if (!chosen.length && !quick) await save();

async function save(): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const run = { date, machine: machine(), versions: await versions(), parts: results };
  const at = (path: string) => new URL(path, import.meta.url);
  writeFileSync(at('results.json'), `${JSON.stringify(run, null, 2)}\n`);
  for (const path of ['docs/benchmarks.md', 'README.md']) {
    const page = at(`../../${path}`);
    writeFileSync(page, quoteFigures(readFileSync(page, 'utf8'), run));
  }
  console.log('\nWritten to test/bench/results.json, and quoted in docs/benchmarks.md and README.md.');
}
