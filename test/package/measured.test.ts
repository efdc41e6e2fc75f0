import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Row {
  measure: string;
  unit: string;
  ours: number;
  against: string;
  theirs: number;
  /** `null`: theirs is 0. */
  ratio: number | null;
  met?: boolean;
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const results: {
  date: string;
  machine: string;
  versions: Record<string, string>;
  parts: Record<string, Row[]>;
} = JSON.parse(read('test/bench/results.json'));
const section = read('README.md').split('\n## Measured\n')[1]?.split('\n## ')[0] ?? '';

const figure = (value: number, unit: string) => `${value.toLocaleString('en')} ${unit}`;
const cells = ({ measure, unit, ours, against, theirs, ratio }: Row) =>
  [measure, figure(ours, unit), against, figure(theirs, unit), ratio?.toLocaleString('en') ?? ''].join(' | ');

describe('the README’s figures', () => {
  it('are rows of the last whole run of `npm run bench`', () => {
    const rows = [...section.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row).slice(1);
    expect(rows.length).toBeGreaterThan(10);
    const measured = Object.values(results.parts).flat().map(cells);
    expect(rows.filter((row) => !measured.includes(row))).toEqual([]);
  });

  it('name their machine, date and versions', () => {
    for (const text of [results.machine, results.date]) expect(section).toContain(text);
    for (const name of ['node', 'chromium'])
      expect(section.toLowerCase()).toContain(`${name} ${results.versions[name]?.split('.')[0]}`);
  });

  it('hide no goal that was missed', () => {
    const missed = Object.values(results.parts)
      .flat()
      .filter(({ met }) => met === false);
    for (const row of missed) expect(section).toContain(cells(row));
  });
});
