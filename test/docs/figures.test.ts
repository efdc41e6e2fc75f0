import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Contender, contenders } from '../bench/page/contenders.js';
import { quoteFigures, type Run } from '../bench/quote/quote-figures.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const run: Run = JSON.parse(read('test/bench/results.json'));
const page = read('docs/benchmarks.md');
const rows = Object.values(run.parts).flat();

describe('the figures in docs/benchmarks.md', () => {
  it('are those of the last run, as in README.md', () => {
    for (const text of [page, read('README.md')]) {
      expect(quoteFigures(text, run)).toBe(text);
      expect(text).toContain('| UMD file, gzip -9 | ');
      if (!run.note) expect(text).not.toContain('not measured');
    }
  });

  it('follow another run', () => {
    const other = { ...run, date: '2001-02-03', parts: { all: rows.map((row) => ({ ...row, ours: 4 })) } };
    const quoted = quoteFigures(page, other);
    expect(quoted).toContain('| UMD file, gzip -9 | 4 bytes | keycloak-js |');
    expect(quoted).toContain('a token costs 4 ms of one core');
    expect(quoted).toContain(
      '| 1,000 | 20 a second, 0.08 cores | 1,000 a second, 4 cores | 10 a second | too small | Dynamics, unless GUIDs are kept |',
    );
    expect(quoted).toContain('; 2001-02-03.');
  });

  it('say which measure the run does not have', () => {
    const { size, ...parts } = run.parts;
    expect(size?.length).toBeGreaterThan(10);
    expect(quoteFigures(page, { ...run, parts })).toContain('| UMD file, gzip -9 | not measured |');
  });

  it('show every missed goal as missed, also of rows that the page does not quote', () => {
    const missed = { measure: 'patience', unit: 'ms', ours: 3, against: 'a saint', theirs: 2, ratio: 1.5 };
    const all = [...rows, { ...missed, goal: 'ratio at most 1', met: false }];
    const quoted = quoteFigures(page, { ...run, parts: { all } });
    for (const { measure, against } of all.filter(({ met }) => met === false))
      expect(quoted).toContain(`\n- ${measure}, against ${against}: `);
    expect(quoted).toContain('- patience, against a saint: 3 ms, ratio 1.5. The goal is ratio at most 1.\n');
    expect(quoteFigures(page, { ...run, parts: {} })).toContain('<!-- missed -->\nNone.\n');
  });

  it('come with the reason why a contender has no first call', () => {
    const unable = Object.entries<Contender>(contenders).filter(([, { cannot }]) => cannot);
    expect(unable.length).toBeGreaterThan(0);
    for (const [name, { cannot }] of unable)
      expect(page).toContain(`${name} has no first call here, because ${cannot}.`);
  });
});
