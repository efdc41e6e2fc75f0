/** A number of seconds in words, in the largest unit that tells enough: "7.2 seconds", "5 minutes", "3 days". */
export function duration(seconds: number): string {
  const [unit, size] = units.find(([, size]) => seconds >= 2 * size) ?? ['second', 1];
  const count = size === 1 ? Math.round(seconds * 10) / 10 : Math.round(seconds / size);
  return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
}

const units: [string, number][] = [
  ['year', 31_557_600],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
