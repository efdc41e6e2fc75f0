#!/usr/bin/env node
/** The command line of whoever runs the site or administers Live Assist. */
import { run } from './run.js';

// A reader that has seen enough, like head, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
try {
  process.exitCode = await run(process.argv.slice(2), process);
} catch (error) {
  // A defect of ours: 1 would say that something was found.
  console.error(error);
  process.exitCode = 70;
}
