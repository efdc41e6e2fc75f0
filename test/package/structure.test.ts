/**
 * The structure that CONTRIBUTING.md describes. What imports what is a rule of the linter.
 *
 * @module
 */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

test('no folder of src holds more than sixteen files', () => {
  const files = readdirSync('src', { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const counts: Record<string, number> = {};
  for (const { parentPath } of files) counts[parentPath] = (counts[parentPath] ?? 0) + 1;
  expect(counts.src, 'the folders are found').toBeUndefined();
  expect(Object.keys(counts)).toContain('src/bridge');
  expect(Object.entries(counts).filter(([, count]) => count > 16)).toEqual([]);
});
