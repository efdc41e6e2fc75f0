/**
 * Remembers for which text of the phone file `npm run test:swift` passed, because the CI has no Swift compiler.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const record = new URL('last-run.json', import.meta.url);
const phoneFile = new URL('../../../demo/phones/LiveAssistTokens.swift', import.meta.url);

export interface LastRun {
  /** For example `6.2.3` */
  swift: string;
  /** SHA-256 of the code, without comments and white space. */
  code: string;
}

export function codeHash(): string {
  const code = readFileSync(phoneFile, 'utf8')
    .replace(/(^|\s)\/\/.*$/gm, '')
    .replace(/\s+/g, ' ');
  return createHash('sha256').update(code).digest('hex');
}

export function lastRun(): LastRun {
  return JSON.parse(readFileSync(record, 'utf8')) as LastRun;
}

export function recordRun(swift: string): void {
  const run: LastRun = { swift, code: codeHash() };
  writeFileSync(record, `${JSON.stringify(run, null, 2)}\n`);
}
