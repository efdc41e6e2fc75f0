/**
 * Suggests the known name that a misspelt name probably stands for.
 *
 * @module
 */

/**
 * Returns the known name closest to `name`: a few letters apart, an abbreviation, or one contained in the other.
 * Returns `undefined` if no name is similar. Case, dashes and underscores do not count.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const written = plain(name);
  const near = known
    .map((other) => ({ other, meant: plain(other), distance: distance(written, plain(other)) }))
    .filter(
      ({ meant, distance }) =>
        (written.length > 2 && (meant.includes(written) || written.includes(meant))) ||
        isAbbreviation(written, meant) ||
        distance <= Math.max(1, Math.min(3, Math.floor(meant.length / 3))),
    )
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.other;
}

const plain = (name: string) => name.toLowerCase().replace(/[\W_]/g, '');

/** Whether the letters of the short form occur in the long form in the same order. */
function isAbbreviation(short: string, long: string): boolean {
  let rest = long;
  for (const letter of short) {
    const index = rest.indexOf(letter);
    if (index < 0) return false;
    rest = rest.slice(index + 1);
  }
  return short.length > 3;
}

/** The number of letters to add, drop, change or swap (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (same ? 0 : 1),
          swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
