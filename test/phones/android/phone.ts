/**
 * A phone in a Java process: the app's file with doubles of Android and of Live Assist's SDK.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { compile, phoneFile } from './compile.js';

export interface AndroidPhone {
  /** Runs one of the commands of Phone.java. */
  tell(command: string): void;
  /** Returns the next line that the phone prints. */
  hear(): Promise<string>;
  /** Everything that the phone has written to its error output. */
  log(): string;
  stop(): Promise<void>;
}

export async function startAndroidPhone(): Promise<AndroidPhone> {
  const classes = await compile([phoneFile, fileURLToPath(new URL('Phone.java', import.meta.url))]);
  const child = spawn('java', ['-cp', classes.folder, 'Phone'], { stdio: 'pipe' });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hear = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`The phone has ended:\n${log}`);
    return value;
  };
  await hear();
  return {
    tell: (command) => void child.stdin.write(`${command}\n`),
    hear,
    log: () => log,
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
      classes.remove();
    },
  };
}
