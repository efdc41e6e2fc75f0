/**
 * Finds the examples at the head of a phone file.
 *
 * @module
 */

/** The lines of each example, without the comment signs. */
export function headExamples(phoneFile: string): string[] {
  const [head = ''] = phoneFile.split(/^(?:import|package) /m);
  return [...head.matchAll(/(?:^\/\/ {5}.*\n)+/gm)].map(([lines]) => lines.replace(/^\/\/ {5}/gm, ''));
}
