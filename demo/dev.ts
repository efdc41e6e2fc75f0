/**
 * `npm run dev`: runs the demo. After every change of a source, builds what is needed and restarts the demo.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('server.ts', import.meta.url));
const args = process.argv.slice(2);
/** Waits a moment, because editors write a file several times, and some tools write many files. */
const quiet = 300;

let child: ChildProcess | undefined;
let timer: NodeJS.Timeout | undefined;
let restart = Promise.resolve();

async function start(): Promise<void> {
  if (child && child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'close');
    child.kill();
    await ended;
  }
  child = spawn(process.execPath, ['--import', 'tsx', command, ...args], { stdio: 'inherit' });
  // The browser was opened by the first start.
  const opening = args.indexOf('--open');
  if (opening >= 0) args.splice(opening, 1);
}

for (const folder of ['src', 'demo'])
  watch(new URL(`../${folder}`, import.meta.url), { recursive: true }, (_, name) => {
    // The demo's own data changes while it runs.
    if (!name || /(^|[\\/])\.data([\\/]|$)|\.tmp$|~$/.test(name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      console.log(`\n${folder}/${name} has changed. Starting again.`);
      restart = restart.then(start);
    }, quiet);
  });
// Ctrl-C reaches the demo by itself. A process manager ends only this process.
process.once('SIGTERM', () => {
  child?.kill();
  process.exit();
});
console.log('Watching src and demo. Ctrl-C ends the demo.');
restart = restart.then(start);
