/**
 * One line of a result: ours, what it is compared with, and the ratio.
 *
 * @module
 */

export interface Row {
  measure: string;
  unit: string;
  ours: number;
  against: string;
  theirs: number;
  /** Ours / theirs; where both were measured in turn, the median of the rounds' own ratios. `null`: theirs is 0. */
  ratio: number | null;
  /** What the figure is meant to be, and whether it is. */
  goal?: string;
  met?: boolean;
  /** What the figure must be in every run, on a busy machine too, and whether it is. */
  limit?: string;
  kept?: boolean;
}

interface Bounds {
  atMost?: number;
  atLeast?: number;
}

type Goal = Partial<Record<'ratio' | 'ours', Bounds>>;

interface Comparison extends Pick<Row, 'measure' | 'unit' | 'ours' | 'against' | 'theirs'> {
  ratio?: number;
  goal?: Goal | undefined;
  limit?: Goal | undefined;
}

export function row({ goal, limit, ...comparison }: Comparison): Row {
  const { ours, theirs, ratio = ours / theirs } = comparison;
  const wanted = goal && judge(goal, { ours, ratio }, comparison.unit);
  const required = limit && judge(limit, { ours, ratio }, comparison.unit);
  return {
    ...comparison,
    ours: short(ours),
    theirs: short(theirs),
    ratio: Number.isFinite(ratio) ? short(ratio) : null,
    ...(wanted && { goal: wanted.text, met: wanted.holds }),
    ...(required && { limit: required.text, kept: required.holds }),
  };
}

function judge(
  goal: Goal,
  figures: Record<keyof Goal, number>,
  unit: string,
): { text: string; holds: boolean } {
  const bounds = Object.entries(goal).flatMap(([name, { atMost, atLeast }]) => {
    const figure = figures[name as keyof Goal];
    const bound = (word: string, limit: number, holds: boolean) => [
      {
        text: name === 'ratio' ? `ratio ${word} ${number(limit)}` : `${word} ${withUnit(limit, unit)}`,
        holds,
      },
    ];
    return [
      ...(atMost === undefined ? [] : bound('at most', atMost, figure <= atMost)),
      ...(atLeast === undefined ? [] : bound('at least', atLeast, figure >= atLeast)),
    ];
  });
  return {
    text: bounds.map(({ text }) => text).join(', '),
    holds: bounds.every(({ holds }) => holds),
  };
}

/** Formats a figure with three significant digits. Whole numbers stay whole. */
const short = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(3)));

/** With commas, as on the pages. */
export const number = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 12 });

export const withUnit = (value: number, unit: string) =>
  `${number(value)} ${value === 1 && unit === 'requests' ? 'request' : unit}`;
