/**
 * Runs the built command `try` on a free port, as its own process.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface RunningTry {
  origin: string;
  /** The addresses as they are printed, with the key. */
  steps: string;
  desk: string;
  configuration: string;
  tag: string;
  output: string;
  stop(): void;
}

const built = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** @throws Error with what the command printed, if it ends instead of starting. */
export async function startTry(args: string[], command = built, cwd = '.', port = '0'): Promise<RunningTry> {
  const child: ChildProcess = spawn(process.execPath, [command, 'try', '--port', port, ...args], { cwd });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => /Ctrl-C ends/.test(output) && resolve());
    child.once('close', () => reject(new Error(output)));
  });
  const [tag = ''] = /<script .*<\/script>/.exec(output) ?? [];
  const printed = (path: string) =>
    new RegExp(`http://127\\.0\\.0\\.1:\\d+${path}\\?key=\\S+`).exec(output)?.[0] ?? '';
  const [steps, desk, configuration] = [printed('/'), printed('/desk'), printed('/configuration')];
  const { origin } = new URL(desk);
  return { origin, steps, desk, configuration, tag, output, stop: () => child.kill() };
}
