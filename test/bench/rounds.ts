/**
 * Measures several contenders in turn, so that other work of the machine affects all of them equally.
 *
 * @module
 */

/** A whole run gives figures to quote. A quick one shows that every part works. */
export type Effort = 'whole' | 'quick';

/** Runs every contender once per round, in random order, so that none always runs after the same one's garbage. */
export async function interleave<Name extends string, Sample>(
  rounds: number,
  contenders: Record<Name, () => Sample | Promise<Sample>>,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(contenders) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Sample[]>;
  for (let round = 0; round < rounds; round++)
    for (const name of shuffled(names)) samples[name].push(await contenders[name]());
  return samples;
}

function shuffled<Item>(items: Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** The value below which `share` of the samples lie. */
export function quantile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: number[]): number => quantile(samples, 0.5);

export const mean = (samples: number[]): number => sum(samples) / samples.length;

export const sum = (samples: number[]): number => samples.reduce((total, sample) => total + sample, 0);

/** The median of ours / theirs, round by round. */
export function pairedRatio(ours: number[], theirs: number[]): number {
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}
