import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quoteFigures, type Run } from '../bench/quote-figures.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const run: Run = JSON.parse(read('test/bench/results.json'));
const page = read('docs/benchmarks.md');
const rows = Object.values(run.parts).flat();

describe('the figures in docs/benchmarks.md', () => {
  it('include the size of the tag’s file', () => {
    expect(page).toMatch(/^\| UMD file, gzip -9 \| [\d,]+ bytes \| keycloak-js \|/m);
  });

  it('follow another run', () => {
    const other = { ...run, date: '2001-02-03', parts: { all: rows.map((row) => ({ ...row, ours: 4 })) } };
    const quoted = quoteFigures(page, other);
    expect(quoted).toContain('| UMD file, gzip -9 | 4 bytes | keycloak-js |');
    expect(quoted).toContain(
      '| 1,000 | 20 a second, 0.08 cores | 1,000 a second, 4 cores | 10 a second | Dynamics, unless GUIDs are kept |',
    );
    expect(quoted).toContain('; 2001-02-03.');
  });

  it('are refused when the run has no such row', () => {
    const { size, ...parts } = run.parts;
    expect(size?.length).toBeGreaterThan(10);
    expect(() => quoteFigures(page, { ...run, parts })).toThrow(
      'The bench does not measure "UMD file, gzip -9"',
    );
  });

  it('do not hide missed goals', () => {
    const quoted = quoteFigures(page, run);
    for (const { measure, ours, unit, against } of rows.filter(({ met }) => met === false))
      expect(quoted).toContain(`| ${measure} | ${ours.toLocaleString('en')} ${unit} | ${against} |`);
  });
});
