/** One line of a result: ours, what it is compared with, and the ratio. */

export interface Row {
  measure: string;
  unit: string;
  ours: number;
  against: string;
  theirs: number;
  /** Ours / theirs; of interleaved rounds the median of the rounds' own ratios. */
  ratio: number;
  /** What the ratio (or, where it says so, our figure) is meant to be. */
  goal?: string;
  met?: boolean;
}

/** A goal for the ratio, or for our figure alone. */
export interface Goal {
  ratio?: { atMost?: number; atLeast?: number };
  ours?: { atMost?: number; atLeast?: number };
}

interface Comparison extends Omit<Row, 'ratio' | 'goal' | 'met'> {
  ratio?: number;
  goal?: Goal;
}

export function row({ goal, ratio, ...figures }: Comparison): Row {
  const { ours, theirs } = figures;
  const result: Row = {
    ...figures,
    ours: short(ours),
    theirs: short(theirs),
    ratio: short(ratio ?? ours / theirs),
  };
  if (!goal) return result;
  const bounds = Object.entries(goal).flatMap(([name, { atMost, atLeast }]) => [
    { name, sign: '<=', bound: atMost, value: -result[name as keyof Goal], limit: -(atMost ?? 0) },
    { name, sign: '>=', bound: atLeast, value: result[name as keyof Goal], limit: atLeast ?? 0 },
  ]);
  const asked = bounds.filter(({ bound }) => bound !== undefined);
  return {
    ...result,
    goal: asked.map(({ name, sign, bound }) => `${name} ${sign} ${bound}`).join(', '),
    met: asked.every(({ value, limit }) => value >= limit),
  };
}

/** Three digits that mean something; whole numbers stay whole. */
const short = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(3)));
