/** A phone in a Java process: the app's file, compiled against stubs of Android and of Live Assist's SDK. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface AndroidPhone {
  /** Does one of the commands of Phone.java. */
  tell(command: string): void;
  /** The next line that the phone says. */
  hear(): Promise<string>;
  /** All that the phone has written to its error output. */
  log(): string;
  stop(): Promise<void>;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const sources = [
  fileURLToPath(new URL('../../demo/phones/LiveAssistTokens.java', import.meta.url)),
  ...readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.java'))
    .map((file) => join(here, file)),
];

export async function startAndroidPhone(): Promise<AndroidPhone> {
  const classes = mkdtempSync(join(tmpdir(), 'live-assist-phone-'));
  execFileSync('javac', ['-d', classes, ...sources]);
  const child = spawn('java', ['-cp', classes, 'Phone'], { stdio: 'pipe' });
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
      rmSync(classes, { recursive: true });
    },
  };
}
