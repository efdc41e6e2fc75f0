/**
 * `npm run bench`: measures every part, or the parts named, and prints a table for each.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { machine, versions } from './machine.js';
import { quoteFigures } from './quote-figures.js';
import type { Row } from './row.js';

const here = fileURLToPath(new URL('.', import.meta.url));

// Parts that drive a browser come last, because Playwright's hooks in this process slow down every promise.
const parts: Record<string, () => Promise<Row[]>> = {
  size: async () => (await import('./size.js')).size(),
  minting: async () => (await import('./minting.js')).minting(),
  handler: async () => (await import('./handler.js')).handler(),
  tag: async () => (await import('./tag.js')).tag(),
  call: async () => (await import('./call.js')).call(),
  behaviour: async () => (await import('./behaviour.js')).behaviour(),
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length) {
  console.error(`There is no part ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

if (!existsSync(`${here}node_modules`)) execFileSync('npm', ['ci'], { cwd: here, stdio: 'inherit' });

const results: Record<string, Row[]> = {};
for (const [name, measure] of Object.entries(parts)) {
  if (chosen.length && !chosen.includes(name)) continue;
  results[name] = await measure();
  console.log(`\n${name}`);
  console.table(results[name]);
}

// Only a whole run is saved and quoted, so that all figures come from one machine and one hour.
if (!chosen.length) {
  const file = `${here}results.json`;
  const date = new Date().toISOString().slice(0, 10);
  const run = { date, machine: machine(), versions: await versions(), parts: results };
  writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`);
  const readme = `${here}../../docs/benchmarks.md`;
  writeFileSync(readme, quoteFigures(readFileSync(readme, 'utf8'), run));
  console.log(`\nWritten to ${file}, and quoted in docs/benchmarks.md.`);
}

const missed = Object.values(results)
  .flat()
  .filter(({ met }) => met === false);
for (const { measure, against, ratio, ours, goal } of missed)
  console.log(
    `Goal missed: ${measure} against ${against}: ours ${ours}, ratio ${ratio}, meant to be ${goal}.`,
  );
