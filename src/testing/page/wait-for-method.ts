/**
 * Waits until the method is on the page.
 *
 * @module
 */
import { type FoundMethod, findMethod } from './find-method.js';
import { isNative, natives } from './natives.js';
import { pageNow, pageTimer } from './now.js';

/** How often the page is checked, in milliseconds. */
const interval = 50;

/** How often the page is checked at most. */
const most = 100_000;

/** The result of waiting: the method or its absence, and the milliseconds until then. */
export interface Waited {
  found: FoundMethod;
  waited: number;
}

/**
 * Calls `go` with the method, or with its absence once `wait` milliseconds have passed.
 *
 * If the method is already there, `go` is called synchronously. If the test has stopped the page's clock, waiting
 * continues on a second clock, if the browser offers one. The event `live-assist-engagement:stop-waiting` ends all
 * waiting on the page.
 */
export function waitForMethod(methodName: string, wait: number, go: (waited: Waited) => void): void {
  const atOnce = findMethod(methodName);
  if (atOnce.method || wait <= 0) {
    go({ found: atOnce, waited: 0 });
    return;
  }

  const { addEventListener, removeEventListener } = natives();
  const begun = pageNow();
  const realClock = isNative(globalThis.performance?.now) ? undefined : realPause();
  let ticked = 0;
  let isOver = false;
  // A fake clock may stop or jump.
  const elapsed = () => (realClock ? ticked : pageNow() - begun);

  const look = (isLast: boolean) => {
    if (isOver) return;
    const found = findMethod(methodName);
    if (!found.method && !isLast && elapsed() < wait) return;
    isOver = true;
    removeEventListener?.('live-assist-engagement:stop-waiting', stop);
    go({ found, waited: Math.max(1, Math.round(Math.max(elapsed(), pageNow() - begun))) });
  };
  const stop = () => look(true);
  addEventListener?.('live-assist-engagement:stop-waiting', stop);

  const lookEvery = (pause: (done: () => void) => unknown, length: number) => {
    let turns = 0;
    const turn = () => {
      ticked += length;
      look(false);
      // On some pages, setTimeout does not wait at all.
      if (!isOver && ++turns < most) pause(turn);
    };
    pause(turn);
  };
  // Timers on the page's own clock, which a test may drive.
  lookEvery((done) => pageTimer(done, interval), 0);
  if (realClock) lookEvery(realClock, interval);
}

/** Returns a function that calls back after the interval on a clock that test tools do not replace, if there is one. */
function realPause(): ((done: () => void) => void) | undefined {
  const { scheduler } = globalThis as {
    scheduler?: { postTask?: (task: () => void, options: { delay: number }) => Promise<void> };
  };
  if (isNative(scheduler?.postTask))
    return (done) => void scheduler?.postTask?.(done, { delay: interval }).catch(() => {});
  if (!isNative(globalThis.Animation)) return undefined;
  return (done) => {
    const animation = new Animation(new KeyframeEffect(null, null, interval));
    animation.onfinish = done;
    animation.play();
  };
}
