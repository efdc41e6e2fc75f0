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
  goal?: string;
  met?: boolean;
}

interface Bounds {
  atMost?: number;
  atLeast?: number;
}

/** What a figure is meant to be; `added` is ours - theirs. */
type Goal = Partial<Record<'ratio' | 'ours' | 'added', Bounds>>;

interface Comparison extends Omit<Row, 'ratio' | 'goal' | 'met'> {
  ratio?: number;
  goal?: Goal | undefined;
}

export function row({ goal = {}, ...comparison }: Comparison): Row {
  const { ours, theirs, ratio = ours / theirs } = comparison;
  const figures = { ratio, ours, added: ours - theirs };
  const asked = Object.entries(goal).flatMap(([name, { atMost, atLeast }]) => {
    const value = figures[name as keyof Goal];
    return [
      { text: `${name} <= ${atMost}`, bound: atMost, met: value <= (atMost ?? 0) },
      { text: `${name} >= ${atLeast}`, bound: atLeast, met: value >= (atLeast ?? 0) },
    ].filter(({ bound }) => bound !== undefined);
  });
  return {
    ...comparison,
    ours: short(ours),
    theirs: short(theirs),
    ratio: Number.isFinite(ratio) ? short(ratio) : null,
    ...(asked.length && {
      goal: asked.map(({ text }) => text).join(', '),
      met: asked.every(({ met }) => met),
    }),
  };
}

/** Formats a figure with three significant digits. Whole numbers stay whole. */
const short = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(3)));
