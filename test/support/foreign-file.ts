/**
 * Third-party libraries that browser tests load.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The path below the repository's root of a file that is installed in test/foreign.
 *
 * @throws Error if it is not installed.
 */
export function foreignFile(name: string): string {
  const path = `/test/foreign/node_modules/${name}`;
  if (!existsSync(fileURLToPath(new URL(`../..${path}`, import.meta.url))))
    throw new Error(`${name} is not installed. Run: npm ci --prefix test/foreign`);
  return path;
}
