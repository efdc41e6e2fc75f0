/**
 * Writes the figures of a whole run, and the figures derived from them for many visitors, into the pages that quote them.
 *
 * @module
 */
import { number, type Row, withUnit } from '../row.js';
import { growthTable } from './growth.js';

export interface Run {
  date: string;
  machine: string;
  versions: Record<string, string>;
  parts: Record<string, Row[]>;
  /** What is wrong with these figures. A whole run writes none. */
  note?: string;
}

const header =
  '| | ours | compared with | its figure | ratio | goal |\n| --- | --- | --- | --- | --- | --- |\n';

/**
 * The page with this run's figures between its marks:
 *
 * - `<!-- figures: MEASURE; MEASURE / OPPONENT -->`: a table of these measures, against all opponents or the one named
 * - `<!-- growth -->`: what many visitors cost
 * - `<!-- missed -->`: all missed goals, whether the page quotes their rows or not
 * - `<!-- machine -->`: machine, versions and date
 *
 * Each ends with `<!-- / -->`. A measure that the run does not have is called "not measured".
 */
export function quoteFigures(page: string, run: Run): string {
  const rows = Object.values(run.parts).flat();
  const cost = rows.find(({ measure }) => measure === 'processor time of a request')?.ours ?? Number.NaN;
  const write: Record<string, (argument: string) => string> = {
    figures: (measures) =>
      header +
      measures
        .split('; ')
        .flatMap((one) => linesOf(one, rows))
        .join(''),
    growth: () => growthTable(cost),
    missed: () => missedText(rows),
    machine: () => machineText(run),
  };
  const marks = Object.keys(write).join('|');
  return page
    .replace(
      new RegExp(`(<!-- (${marks})(?:: (.*))? -->\n)[\\s\\S]*?(?=<!-- / -->)`, 'g'),
      (_, mark, name, argument) => mark + write[name]?.(argument),
    )
    .replace(/[\d.]+ ms(?= of one core)/g, `${cost} ms`);
}

function linesOf(one: string, rows: Row[]): string[] {
  const [measure = '', opponent] = one.split(' / ');
  const found = rows.filter((row) => row.measure === measure && [undefined, row.against].includes(opponent));
  return found.length ? found.map(line) : [`| ${one} | not measured | | | | |\n`];
}

function line({ measure, unit, ours, against, theirs, ratio, goal, met }: Row): string {
  const figures = [withUnit(ours, unit), against, withUnit(theirs, unit)];
  const judged = goal ? `${goal}: ${met ? 'met' : '**missed**'}` : '';
  return `| ${[measure, ...figures, ratio === null ? '' : number(ratio), judged].join(' | ')} |\n`;
}

function missedText(rows: Row[]): string {
  const missed = rows.filter(({ met }) => met === false);
  const lines = missed.map(
    ({ measure, against, goal, ours, unit, ratio }) =>
      `- ${measure}, against ${against}: ${withUnit(ours, unit)}${ratio === null ? '' : `, ratio ${number(ratio)}`}. The goal is ${goal}.\n`,
  );
  return lines.join('') || 'None.\n';
}

function machineText({ machine, versions, date, note }: Run): string {
  const major = (name: string) => versions[name]?.split('.')[0];
  const line = `Machine: ${machine}; Node ${major('node')}, Chromium ${major('chromium')}; ${date}.`;
  return `${[line, ...(note ? [`**${note}**`] : [])].join(' ')}\n`;
}
