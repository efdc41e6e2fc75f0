/**
 * What the command line knows of each of its commands.
 *
 * @module
 */
import type { Terminal } from './output/terminal.js';

/** 0: fine. 1: something was found. 2: the command line could not be followed. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` prints: usage, options, an example. */
  help: string;
  /** @throws UsageError if it cannot do what it was asked for. */
  run(args: string[], terminal: Terminal): Promise<ExitCode>;
}
