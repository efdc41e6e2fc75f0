#!/usr/bin/env node
/**
 * The command line of whoever runs the site or administers Live Assist.
 *
 * @module
 */
import { whyTooOld } from './node-version.js';

// A reader that has seen enough, like head, is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(
    `live-assist-bridge: the output cannot be written (${error.code}). Is the disk full?\n`,
  );
  process.exit(2);
});
const tooOld = whyTooOld(process.versions.node);
if (tooOld) {
  process.stderr.write(`live-assist-bridge: ${tooOld}\n`);
  process.exit(2);
}
try {
  // Loaded only now: an old Node could not read these files.
  const { run } = await import('./run.js');
  process.exitCode = await run(process.argv.slice(2), process);
} catch (error) {
  // A defect of ours: 1 would say that something was found.
  console.error(error);
  process.exitCode = 70;
}
