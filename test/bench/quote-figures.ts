/** Puts the figures of a whole run into the README's section "Measured", and what follows from them for many visitors. */
import type { Row } from './row.js';

export interface Run {
  date: string;
  machine: string;
  versions: Record<string, string>;
  parts: Record<string, Row[]>;
}

/** A signed-in visit in so many starts a chat; so much of a day falls into its busiest hour. */
const visitsPerChat = 50;
const busiestHour = 0.1;

/**
 * The README with this run's figures. Which rows are quoted is the README's choice: a row is known by its measure, unit
 * and opponent.
 *
 * @throws Error for a row that the run does not have.
 */
export function quoteFigures(readme: string, { date, machine, versions, parts }: Run): string {
  const rows = Object.values(parts).flat();
  const section = readme.split(/^(?=## )/m).find((text) => text.startsWith('## Measured'));
  if (!section) throw new Error('README.md has no section "Measured".');
  const cost = find(rows, 'processor time of a request', 'ms', 'signature a constant').ours;
  const heap = find(rows, 'heap after 60000 requests', 'MiB', 'after 10000').ours;
  const major = (name: string) => versions[name]?.split('.')[0];

  const quoted = section
    .replace(/^\| ([^|]+) \| [\d,.]+ ([^|]+) \| ([^|]+) \| .*$/gm, (line, measure, unit, against) =>
      /^[\d,]+$/.test(measure) ? line : rowText(find(rows, measure, unit, against)),
    )
    .replace(/^\| ([\d,]+) \| .*$/gm, (_, visits) => fleetText(Number(visits.replaceAll(',', '')), cost))
    .replace(/[\d.]+ ms(?=\s+of\s+(one core|the 10 ms))/g, `${cost} ms`)
    .replace(/[\d.]+ MiB(?= of their 128)/, `${Math.ceil(heap)} MiB`)
    .replace(
      /\([^()]*; node \d+, chromium \d+; [\d-]+\)/,
      `(${machine}; node ${major('node')}, chromium ${major('chromium')}; ${date})`,
    );
  return readme.replace(section, () => quoted);
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

/** What that many signed-in visits a day mean: tokens for those who chat, and with a token fetched at every visit. */
function fleetText(visits: number, cost: number): string {
  const all = (visits * busiestHour) / 3600;
  const chats = all / visitsPerChat;
  const cores = (rate: number) => (rate * cost) / 1000;
  const two = (value: number) => Number(value.toPrecision(2));
  return `| ${[
    number(visits),
    chats.toFixed(1),
    `${two(cores(chats) * 100)} %`,
    `${number(Math.round(all))} a second, ${two(cores(all))} cores`,
  ].join(' | ')} |`;
}
