/**
 * Compiles the recipe in Java.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findCommand } from '../support/find-command.js';

/** Java's program, if a JDK is installed. Otherwise the output says what is skipped. */
export const findJava = (skipped: string): string | undefined =>
  findCommand(['javac'], ['--release', '17', '--version'], {
    skipped,
    needs: 'a JDK of version 17 or newer',
  }) && 'java';

/** @param folder a copy of demo/recipes */
export function compileJava(folder: string): void {
  execFileSync('javac', ['-d', folder, join(folder, 'java/LiveAssistToken.java')]);
}

/** The program's arguments that start the recipe's own server. */
export const javaServer = (folder: string): string[] => ['-cp', folder, 'LiveAssistToken'];
