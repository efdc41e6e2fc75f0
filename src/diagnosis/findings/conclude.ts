import type { Finding } from './finding.js';

/** Ends an inspection with these findings and nothing else: there is nothing left to inspect. */
export function* conclude(...findings: Finding[]): Generator<Finding, undefined> {
  yield* findings;
  return undefined;
}
