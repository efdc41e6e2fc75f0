/**
 * Clicks in a page that may navigate before or on the click.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from '@playwright/test';
import { type EngagementAnswer, startEngagement } from '../engagement.js';
import { networkOf } from '../record/page-network.js';
import { endWaiting } from './end-waiting.js';
import { type Listener, reportName } from './page-channel.js';
import { wasClosed, whenTestEnds } from './without-answer.js';

export interface ClickOptions {
  methodName: string;
  limit: number;
  wait: number;
  /** Returns the test's remaining time in real milliseconds, less what the kit needs for a report. */
  remaining(): number;
  listen(listener: Listener): number;
  onLateAnswer(answer: EngagementAnswer): void;
}

/** The result of a click, with the page's new address if it navigated. */
export interface ClickAnswer extends EngagementAnswer {
  target?: string;
  waited: number;
}

/** The longest delay that timers support. JSON has no Infinity. */
const longest = 2 ** 31 - 1;

/** How long a navigation may take, in real milliseconds. */
const arrival = 5_000;

/** Waits for the method in the document that `frame` shows, also across navigations, and clicks. */
export async function click(
  frame: Frame,
  { methodName, limit, wait, remaining, listen, onLateAnswer }: ClickOptions,
): Promise<ClickAnswer> {
  const begun = performance.now();
  const passed = () => performance.now() - begun;
  const sinceClick = () => clicked && performance.now() - clicked;
  let clicked: number | undefined;
  const index = listen({
    clicked: () => {
      clicked = performance.now();
    },
    answeredLate: onLateAnswer,
  });

  // Awaited only if necessary: a test that drives the page's clock next must find the engagement waiting.
  const navigating = networkOf(frame.page()).navigated(wait);
  if (navigating) await navigating;

  for (let offset = navigating ? passed() : 0; ; offset = passed()) {
    const left = Math.max(0, wait - offset);
    const options = JSON.stringify({
      methodName,
      limit: Math.min(limit, longest),
      wait: Math.min(left, longest),
    });
    const over = new AbortController();
    if (left > 0) void endWaiting(frame, methodName, left, over.signal);
    try {
      const answering = frame.evaluate<EngagementAnswer>(
        `(${startEngagement})({ ...${options}, onClick: () => globalThis.${reportName}?.(${index}), onLateAnswer: (answer) => globalThis.${reportName}?.(${index}, answer) })`,
      );
      const answer = await Promise.race([answering, whenTestEnds(remaining, limit, sinceClick, over.signal)]);
      return { ...answer, waited: Math.round(offset) + (answer.waited ?? 0) };
    } catch (cause) {
      if (frame.page().isClosed()) return wasClosed(sinceClick(), passed());
      if (
        !(cause instanceof Error) ||
        !/navigat|context was destroyed|frame was detached/i.test(cause.message)
      )
        throw cause;
      if (clicked !== undefined) return await navigated(frame, performance.now() - clicked, offset);
      if (frame.isDetached()) throw cause;
      if (passed() > wait && offset > 0) return navigatesForever(passed());
      await frame.waitForLoadState('domcontentloaded', { timeout: Math.max(1, left) }).catch(() => {});
    } finally {
      over.abort();
    }
  }
}

async function navigated(frame: Frame, milliseconds: number, waited: number): Promise<ClickAnswer> {
  const shown = frame.isDetached() ? frame.page().mainFrame() : frame;
  // The old document may be gone before the kit knows the new one.
  const arrived = () => {
    const destination = networkOf(shown.page()).destination(shown);
    return destination === undefined || withoutHash(destination) === withoutHash(shown.url());
  };
  for (const end = performance.now() + arrival; !arrived() && performance.now() < end; )
    if (shown.url().startsWith('chrome-error:')) break;
    else await delay(20);
  await shown.waitForLoadState('domcontentloaded', { timeout: arrival }).catch(() => {});
  const url = shown.url();
  // Chromium shows its own error page if an address cannot be reached.
  const failed = url.startsWith('chrome-error:') && networkOf(shown.page()).destination(shown);
  const target = failed || url;
  const place = URL.canParse(target) ? new URL(target).origin + new URL(target).pathname : target;
  return {
    outcome: 'navigated',
    target,
    message: `The page navigated to ${place} instead of calling back, so the visitor's click is lost. If the test itself has begun the navigation, wait for it before start().`,
    milliseconds,
    waited: Math.round(waited),
  };
}

const withoutHash = (url: string) => url.replace(/#.*/, '');

const navigatesForever = (waited: number): ClickAnswer => ({
  outcome: 'method-missing',
  message: `The page navigated again and again for ${(waited / 1000).toFixed(1)} s, and the method was never there.`,
  milliseconds: 0,
  waited: Math.round(waited),
});
