/** Which of some names somebody meant who wrote another. */

/** The name most like `name`, upper and lower case and underscores aside; undefined where none is alike. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[\W_]/g, '');
  const wanted = plain(name);
  const far = (other: string) => distance(wanted, plain(other));
  return known
    .filter((other) => far(other) <= Math.max(other.length, wanted.length) / 3)
    .sort((a, b) => far(a) - far(b))[0];
}

/** Letters to add, drop or change. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (let column = 1; column <= to.length; column++) {
      const changed = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, changed));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
