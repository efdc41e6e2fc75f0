/**
 * Measures elapsed time despite clocks that are set back and machines that sleep.
 *
 * @module
 */

/** A moment in milliseconds, on the wall clock and on the monotonic clock. */
export type Moment = readonly [wall: number, monotonic: number];

export const now = (): Moment => [read(() => Date.now()), read(() => performance.now())];

/**
 * Milliseconds since `moment`: the larger of the two clocks' values, because either clock may stand still or be set
 * back.
 */
export function elapsed(moment: Moment): number {
  // No destructuring and no Math.max, because a page may have replaced the iterator of arrays, and `Math`.
  const later = now();
  const wall = later[0] - moment[0];
  const monotonic = later[1] - moment[1];
  return wall > monotonic ? wall : monotonic;
}

/**
 * Milliseconds since `moment` on the monotonic clock. It ignores clock changes, but may stop while the machine sleeps.
 */
export const awake = (moment: Moment): number => now()[1] - moment[1];

/** Returns 0 if the page has replaced this clock. Then only the other clock counts. */
function read(clock: () => unknown): number {
  try {
    return Number(clock()) || 0;
  } catch {
    return 0;
  }
}
