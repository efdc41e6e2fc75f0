/**
 * `npm run build:if-stale`: builds the package, unless the built files are newer than all sources.
 *
 * @module
 */
import { ensureBuild } from './ensure-build.js';

try {
  await ensureBuild();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
