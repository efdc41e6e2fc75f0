/**
 * Finds a program that this machine has, or says which tests are left out for want of it.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';

/**
 * The first of `commands` that runs `probe` without complaint. Where there is none, the test output names what was skipped.
 *
 * @throws Error in place of that where `REQUIRE_TOOLS` is set, as where they have been installed for these tests.
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
