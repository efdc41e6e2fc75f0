/**
 * Ends the wait for a method that cannot come any more.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from '@playwright/test';
import { type ScriptHints, scriptHints } from '../page/script-hints.js';
import { networkOf } from '../record/page-network.js';

/** How often the network is looked at, in real milliseconds. */
const interval = 100;

/** How long the network must be idle before the page is asked. `isHopeless` has the rule. */
const idle = 500;

/** How much later than the page itself the wait is ended here: the page's clock may stand still. */
const grace = 300;

/** Tells the page of a quiet network until `signal` is aborted, and ends the wait after `wait` milliseconds. */
export async function endWaiting(
  frame: Frame,
  methodName: string,
  wait: number,
  signal: AbortSignal,
): Promise<void> {
  const begun = performance.now();
  let told = 0;
  while (!signal.aborted) {
    await delay(interval, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    if (performance.now() - begun > wait + grace) {
      await frame.evaluate(stop).catch(() => {});
      return;
    }
    const milliseconds = networkOf(frame.page()).quietFor();
    if (milliseconds < idle || performance.now() - told < idle) continue;
    const hints = await hintsOf(frame, methodName);
    told = performance.now();
    if (!signal.aborted) await frame.evaluate(tell, { ...hints, milliseconds }).catch(() => {});
  }
}

function stop(): void {
  globalThis.dispatchEvent(new Event('live-assist-engagement:stop-waiting'));
}

function tell(detail: object): void {
  globalThis.dispatchEvent(new CustomEvent('live-assist-engagement:quiet', { detail }));
}

/** What the page's script files say. Files that cannot be read any more may say anything. */
async function hintsOf(frame: Frame, methodName: string): Promise<ScriptHints> {
  const texts = await Promise.all(
    networkOf(frame.page())
      .scripts()
      .filter((response) => response.ok())
      .map((response) => response.text().catch(() => 'createBridge')),
  );
  const hints = texts.map((text) => scriptHints(text, methodName));
  return {
    createsBridge: hints.some(({ createsBridge }) => createsBridge),
    mentionsMethod: hints.some(({ mentionsMethod }) => mentionsMethod),
    loadsCode: hints.some(({ loadsCode }) => loadsCode),
  };
}
