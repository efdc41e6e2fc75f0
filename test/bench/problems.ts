/**
 * What is wrong with a run on any machine, busy or idle. Absolute times are never judged.
 *
 * @module
 */
import type { Row } from './row.js';

export function problemsOf(results: Record<string, Row[]>): string[] {
  return Object.entries(results).flatMap(([part, rows]) =>
    rows.length === 0 ? [`${part} measured nothing.`] : rows.flatMap((row) => problemOf(part, row)),
  );
}

function problemOf(part: string, { measure, unit, ours, against, theirs, ratio, limit, kept }: Row) {
  const what = `${part}: ${measure}, against ${against}`;
  if (![ours, theirs].every((figure) => Number.isFinite(figure) && figure >= 0))
    return [`${what}: ${ours} and ${theirs} ${unit} are not figures.`];
  return kept === false
    ? [`${what}: ${ours} and ${theirs} ${unit}, ratio ${ratio}. It must be ${limit}.`]
    : [];
}
