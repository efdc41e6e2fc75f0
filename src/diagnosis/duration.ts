/**
 * Writes a number of seconds in words.
 *
 * @module
 */

/** Uses the largest unit that fits at least twice: "7.2 seconds", "90 minutes", "2 hours". */
export function duration(seconds: number): string {
  // A second less than two hours counts as two hours.
  const [unit, size] = units.find(([, size]) => seconds >= 1.99 * size) ?? ['second', 1];
  const count = size === 1 ? Math.round(seconds * 10) / 10 : Math.round(seconds / size);
  return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
}

const units: [string, number][] = [
  ['year', 31_557_600],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
