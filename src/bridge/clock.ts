/**
 * Measures elapsed time despite clocks that are set back and machines that sleep.
 *
 * @module
 */

/** A moment, on the wall clock and on the monotonic clock. Milliseconds. */
export type Moment = readonly [wall: number, monotonic: number];

export const now = (): Moment => [Date.now(), monotonic()];

/** Milliseconds since `moment`: the larger of both clocks, because either may stand still or be set back. */
export const elapsed = (moment: Moment): number => Math.max(Date.now() - moment[0], awake(moment));

/** Milliseconds since `moment` on the monotonic clock, which no setting changes, but which may stop during sleep. */
export const awake = (moment: Moment): number => monotonic() - moment[1];

/** 0 if the page has a `performance` of its own: then the wall clock alone counts. */
function monotonic(): number {
  try {
    return Number(performance.now()) || 0;
  } catch {
    return 0;
  }
}
