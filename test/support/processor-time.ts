/**
 * Measures work in a way that other processes of a busy machine affect little.
 *
 * @module
 */

/** Milliseconds of this process's processor time that `work` takes. */
export async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
