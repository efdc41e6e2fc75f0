/** Elapsed time that survives a clock set back and a machine that slept. */

/** A moment, on the wall clock and on the monotonic one. Milliseconds. */
export type Moment = readonly [wall: number, monotonic: number];

export const now = (): Moment => [Date.now(), performance.now()];

/** Milliseconds since `moment`: the larger of both clocks, because either may stand still or be set back. */
export const elapsed = ([wall, monotonic]: Moment): number =>
  Math.max(Date.now() - wall, performance.now() - monotonic);
