import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './problems.js';
import { row } from './row.js';

const bench = fileURLToPath(new URL('.', import.meta.url));
const folders = readdirSync(bench, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe('npm run bench', () => {
  it('finds the package by its own name from every folder, which a package.json there would prevent', () => {
    const files = folders
      .map(({ name }) => `${bench}${name}/file.ts`)
      .filter((file) => !file.includes('third-party'));
    expect(files.length).toBeGreaterThan(2);
    for (const file of [`${bench}run.ts`, ...files])
      expect(createRequire(file).resolve('live-assist-bridge/package.json')).not.toContain('node_modules');
  });
});

describe('a run of the bench', () => {
  const figures = { measure: 'requests', unit: 'requests', against: 'all', theirs: 2 };
  const problems = (...rows: ReturnType<typeof row>[]) => problemsOf({ part: rows });

  it('fails for a part without rows, a figure that is not a number, and a limit that is not kept', () => {
    expect(problems()).toEqual(['part measured nothing.']);
    expect(problems(row({ ...figures, ours: Number.NaN }))).toEqual([
      'part: requests, against all: NaN and 2 requests are not figures.',
    ]);
    expect(problems(row({ ...figures, ours: 3, limit: { ratio: { atMost: 1 } } }))).toEqual([
      'part: requests, against all: 3 and 2 requests, ratio 1.5. It must be ratio at most 1.',
    ]);
  });

  it('does not fail for a missed goal, which is marked', () => {
    const missed = row({ ...figures, ours: 1, goal: { ratio: { atLeast: 0.95 }, ours: { atMost: 1 } } });
    expect(missed).toMatchObject({ goal: 'ratio at least 0.95, at most 1 request', met: false, ratio: 0.5 });
    expect(problems(missed)).toEqual([]);
  });
});
