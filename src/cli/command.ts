/**
 * The description of one command for the command line.
 *
 * @module
 */
import type { Terminal } from './output/terminal.js';

/** 0: fine. 1: something was found. 2: the command line was not understood or could not be carried out. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` prints: usage, options, an example. */
  help: string;
  /** @throws UsageError if the command cannot be carried out. */
  run(args: string[], terminal: Terminal): Promise<ExitCode>;
}
