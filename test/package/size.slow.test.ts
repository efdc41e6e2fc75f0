import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));
const { sizeBudget } = JSON.parse(read('package.json').toString()) as {
  sizeBudget: { path: string; gzip: number };
};
const size = gzipSync(read(sizeBudget.path), { level: 9 }).length;

describe("the tag's file", () => {
  it('is no larger than the budget in package.json', () => {
    expect(size).toBeLessThanOrEqual(sizeBudget.gzip);
  });
});
