/**
 * Ends the wait for a method that can no longer appear.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from '@playwright/test';
import { type ScriptHints, scriptHints } from '../page/script-hints.js';
import { networkOf } from '../record/page-network.js';

/** How often the network is checked, in real milliseconds. */
const interval = 100;

/** How long the network must be idle before the page checks `isHopeless`, in milliseconds. */
const idle = 500;

/**
 * If the page has not ended the wait this many milliseconds after its limit, the kit ends it: the page's clock may be
 * stopped.
 */
const grace = 300;

export interface WaitingOptions {
  methodName: string;
  /** The longest wait, in milliseconds. */
  wait: number;
  /** Returns the test's remaining time in milliseconds. */
  remaining(): number;
  signal: AbortSignal;
}

/**
 * Tells the page of a quiet network until `signal` is aborted, and ends the wait after `wait` milliseconds, or when the
 * test's time is nearly over.
 */
export async function endWaiting(
  frame: Frame,
  { methodName, wait, remaining, signal }: WaitingOptions,
): Promise<void> {
  const begun = performance.now();
  let told = 0;
  while (!signal.aborted) {
    await delay(interval, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    if (performance.now() - begun > wait + grace || remaining() <= 0) {
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

/** Returns the hints in the page's script files. A file that can no longer be read may contain anything. */
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
