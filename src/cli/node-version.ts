/**
 * Says in a sentence that Node is too old. The code uses only syntax that an old Node can parse.
 *
 * @module
 */

/** Takes `process.versions.node`. Returns undefined if the version is new enough. */
export function whyTooOld(version: string): string | undefined {
  const parts = version.split('.').map(Number);
  const major = parts[0] || 0;
  const minor = parts[1] || 0;
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `This is Node ${version}, which is too old. Install Node 20.19 or newer, and run the command again.`;
}
