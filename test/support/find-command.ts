/**
 * Finds a program on this machine, or says which tests are skipped without it.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';

/**
 * Returns the first of `commands` that runs `probe` successfully. If there is none, the test output names what was
 * skipped.
 *
 * @throws Error instead if `REQUIRE_TOOLS` is set, as on a machine prepared for these tests.
 */
export function findCommand(
  commands: readonly string[],
  probe: readonly string[],
  { skipped, needs }: { skipped: string; needs: string },
): string | undefined {
  const found = commands.find((command) => spawnSync(command, probe, { stdio: 'ignore' }).status === 0);
  if (found) return found;
  const message = `${skipped}. It needs ${needs}, which this machine has not.`;
  if (process.env.REQUIRE_TOOLS) throw new Error(`Not run: ${message}`);
  console.warn(`SKIPPED: ${message}`);
  return undefined;
}
