/**
 * Runs a server and waits for the address that it prints.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';

export interface RunningProgram {
  url: string;
  /** Everything that the program has written so far. */
  log(): string;
  /** The peak memory of the program so far, in MB, or `undefined` if the system does not report it (Linux does). */
  peak(): number | undefined;
  /** Resets the peak, so that the next one measures only what follows. Only on Linux. */
  resetPeak(): void;
  /** The current number of threads, if the system reports it. */
  threads(): number | undefined;
  stop(): Promise<void>;
}

/**
 * The program gets only `environment` and PATH, so that no proxy or setting of this machine affects it.
 *
 * @param printed pattern of the address in the program's output
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  environment: Record<string, string>,
  printed = /http:\/\/127\.0\.0\.1:\d+/,
  cwd = process.cwd(),
): Promise<RunningProgram> {
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that stop() also ends its workers.
    detached: process.platform !== 'win32',
  });
  let log = '';
  const url = new Promise<string>((resolve, reject) => {
    const take = (chunk: string) => {
      log += chunk;
      const [found] = printed.exec(log) ?? [];
      if (found) resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', reject);
    child.on('exit', (code) =>
      reject(new Error(`${command} ended with ${code} before it listened:\n${log}`)),
    );
  });
  const status = (pattern: RegExp) => {
    try {
      const [, value] = pattern.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      return value === undefined ? undefined : Number(value);
    } catch {
      return undefined;
    }
  };
  const peak = () => {
    const kilobytes = status(/^VmHWM:\s+(\d+) kB$/m);
    return kilobytes === undefined ? undefined : kilobytes / 1024;
  };
  const resetPeak = () => writeFileSync(`/proc/${child.pid}/clear_refs`, '5');
  const threads = () => status(/^Threads:\s+(\d+)$/m);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    if (process.platform !== 'win32' && child.pid) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { url: await url, log: () => log, peak, resetPeak, threads, stop };
}
