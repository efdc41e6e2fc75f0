/** Other people's implementations, where this machine has them. */
import { spawnSync } from 'node:child_process';

export interface Tool {
  /** What it printed. Throws with its complaint when it fails. */
  run(args: string[], input?: string): string;
}

/** The first of `commands` with which `probe` succeeds; without one, says that its tests are skipped, and how to get it. */
export function findTool(
  name: string,
  commands: string[],
  probe: string[],
  remedy: string,
): Tool | undefined {
  const command = commands.find((command) => spawnSync(command, probe).status === 0);
  if (!command) {
    console.warn(`Skipped: the tests with ${name}, which is not installed here. ${remedy}`);
    return undefined;
  }
  return {
    run(args, input = '') {
      const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
      return stdout;
    },
  };
}

/** For tests that need the tool: they are skipped where it is missing. */
export function required(tool: Tool | undefined): Tool {
  if (!tool) throw new Error('This test should have been skipped.');
  return tool;
}
