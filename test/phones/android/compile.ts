/**
 * Compiles Java files with the phone file, as an Android app does, against doubles of Android's classes and of the SDK.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findCommand } from '../../support/find-command.js';

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export const phoneFile = path('../../../demo/phones/LiveAssistTokens.java');
export const doubles = path('doubles');

/** The compiler. Undefined: this machine has none, and the test output says so. */
export const javac = findCommand(['javac'], ['--release', '17', '--version'], {
  skipped: "the app's file for Android (demo/phones/LiveAssistTokens.java)",
  needs: 'a JDK of version 17 or newer',
});

export interface Classes {
  folder: string;
  remove(): void;
}

/**
 * @param sources files to compile, or the text of a file by its name
 * @throws Error with the compiler's output for every error and every warning
 */
export async function compile(
  sources: readonly (string | { name: string; text: string })[],
  { release = 17, sourcePath = [doubles] }: { release?: number; sourcePath?: readonly string[] } = {},
): Promise<Classes> {
  const folder = mkdtempSync(join(tmpdir(), 'live-assist-phone-'));
  const files = sources.map((source) => {
    if (typeof source === 'string') return source;
    writeFileSync(join(folder, source.name), source.text);
    return join(folder, source.name);
  });
  const options = ['--release', `${release}`, '-Xlint:all', '-Werror', '-d', folder];
  await promisify(execFile)('javac', [...options, '-sourcepath', sourcePath.join(delimiter), ...files]);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
