/**
 * Reads package.json and composer.json.
 *
 * @module
 */
import { readFileSync } from 'node:fs';

export interface Manifest {
  type?: unknown;
  main?: unknown;
  scripts?: Record<string, unknown> | null;
  dependencies?: object;
  devDependencies?: object;
  require?: object;
}

/** Returns an empty manifest, which names no dependency, if the file is missing or damaged. */
export function readManifest(path: string): Manifest {
  try {
    // Editors on Windows may write a byte order mark, which npm and Composer ignore as well.
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    return Object(manifest) as Manifest;
  } catch {
    return {};
  }
}
