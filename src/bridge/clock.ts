/**
 * Measures elapsed time despite clocks that are set back and machines that sleep.
 *
 * @module
 */

/** A moment, on the wall clock and on the monotonic clock. Milliseconds. */
export type Moment = readonly [wall: number, monotonic: number];

export const now = (): Moment => [read(() => Date.now()), read(() => performance.now())];

/** Milliseconds since `moment`: the larger of both clocks, because either may stand still or be set back. */
export function elapsed(moment: Moment): number {
  const wall = now()[0] - moment[0];
  const monotonic = awake(moment);
  // Not Math.max: every answer needs this, also on a page with a variable `Math`.
  return wall > monotonic ? wall : monotonic;
}

/** Milliseconds since `moment` on the monotonic clock, which no setting changes, but which may stop during sleep. */
export const awake = (moment: Moment): number => now()[1] - moment[1];

/** 0 if the page has a variable in the place of the clock. Then the other clock alone counts. */
function read(clock: () => unknown): number {
  try {
    return Number(clock()) || 0;
  } catch {
    return 0;
  }
}
