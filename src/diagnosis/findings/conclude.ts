import type { Finding } from './finding.js';

/** Ends an inspection with these findings. */
export function* conclude(...findings: Finding[]): Generator<Finding, undefined> {
  yield* findings;
  return undefined;
}
