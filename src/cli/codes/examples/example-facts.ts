/**
 * The type of a table of example facts, with which a finding's message can be shown without a real finding.
 *
 * @module
 */
import type { FindingTable } from '../../../diagnosis/findings/finding.js';

/** One entry for every finding whose message needs facts; a missing or superfluous entry is a compile error. */
export type ExampleFacts<Table extends FindingTable> = {
  readonly [Code in keyof Table as Parameters<Table[Code][1]> extends [] ? never : Code]: Readonly<
    Parameters<Table[Code][1]>
  >;
};
