#!/usr/bin/env node
/** The command line of whoever runs the site or administers Live Assist. */
import { run } from './run.js';

// A reader that has seen enough, like head, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await run(process.argv.slice(2), process);
