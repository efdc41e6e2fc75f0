#!/usr/bin/env node
/** The command line. */
process.exitCode = 2;
