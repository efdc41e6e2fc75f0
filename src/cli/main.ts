#!/usr/bin/env node
/**
 * The command line for operators of the site and administrators of Live Assist.
 *
 * @module
 */
import { whyTooOld } from './node-version.js';

// A reader that stops early, like head, is not a failure.
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
  // Loaded late, because an old Node could not parse these files.
  const { run } = await import('./run.js');
  process.exitCode = await run(process.argv.slice(2), process);
} catch (error) {
  // A bug in this package. The exit code 1 would mean that something was found.
  console.error(error);
  process.exitCode = 70;
}
