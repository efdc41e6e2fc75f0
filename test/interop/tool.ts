/**
 * Other implementations, if this machine has them.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { findCommand } from '../support/find-command.js';

export interface Tool {
  /** Returns what the tool printed. Throws with its error output if it fails. */
  run(args: string[], input?: string): string;
}

/** The tool of the first of `commands` with which `probe` succeeds, as `findCommand` finds it. */
export function findTool(name: string, commands: string[], probe: string[]): Tool | undefined {
  const command = findCommand(commands, probe, { skipped: `the tests with ${name}`, needs: name });
  if (!command) return undefined;
  return {
    run(args, input = '') {
      const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
      return stdout;
    },
  };
}

/** For tests that need the tool. They are skipped if it is missing. */
export function required(tool: Tool | undefined): Tool {
  if (!tool) throw new Error('This test should have been skipped.');
  return tool;
}
