/**
 * Writes the figures of a whole run, and the figures derived from them for many visitors, into docs/benchmarks.md.
 *
 * @module
 */
import { growthText } from './growth.js';
import type { Row } from './row.js';

export interface Run {
  date: string;
  machine: string;
  versions: Record<string, string>;
  parts: Record<string, Row[]>;
}

/**
 * The page with this run's figures. The page chooses which rows it quotes: a row is identified by its measure, unit and
 * opponent.
 *
 * @throws Error for a row that the run does not have.
 */
export function quoteFigures(page: string, { date, machine, versions, parts }: Run): string {
  const rows = Object.values(parts).flat();
  const cost = find(rows, 'processor time of a request', 'ms', 'signature a constant').ours;
  const major = (name: string) => versions[name]?.split('.')[0];

  return page
    .replace(/^\| ([^|]+) \| [\d,.]+ ([^|]+) \| ([^|]+) \| .*$/gm, (line, measure, unit, against) =>
      /^[\d,]+$/.test(measure) ? line : rowText(find(rows, measure, unit, against)),
    )
    .replace(/^\| ([\d,]+) \| .*$/gm, (_, visits) => growthText(Number(visits.replaceAll(',', '')), cost))
    .replace(/[\d.]+ ms(?= of one core)/g, `${cost} ms`)
    .replace(
      /^Machine: .*$/m,
      `Machine: ${machine}; Node ${major('node')}, Chromium ${major('chromium')}; ${date}.`,
    );
}

function find(rows: Row[], measure: string, unit: string, against: string): Row {
  const row = rows.find((row) => row.measure === measure && row.unit === unit && row.against === against);
  if (!row) throw new Error(`The bench does not measure "${measure}" in ${unit} against "${against}".`);
  return row;
}

const number = (value: number) => value.toLocaleString('en');

function rowText({ measure, unit, ours, against, theirs, ratio }: Row): string {
  const figures = [`${number(ours)} ${unit}`, against, `${number(theirs)} ${unit}`];
  return `| ${[measure, ...figures, ratio === null ? '' : number(ratio)].join(' | ')} |`;
}
