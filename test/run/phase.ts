/**
 * Runs npm scripts one after the other and times them.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';

/** Runs `npm run SCRIPT -- ARGUMENTS` in this terminal. Returns whether it succeeded, and its seconds. */
export function runScript(
  script: string,
  args: readonly string[] = [],
): { succeeded: boolean; seconds: number } {
  const begin = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', script, ...(args.length ? ['--', ...args] : [])], {
    stdio: 'inherit',
    // On Windows, npm is a batch file.
    shell: process.platform === 'win32',
  });
  return { succeeded: status === 0, seconds: (performance.now() - begin) / 1000 };
}

/** Rows as aligned columns. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
