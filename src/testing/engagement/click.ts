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
import { placeOf } from './explain-from-outside.js';
import { type Listener, reportName } from './page-channel.js';
import { lossOf, outOfTime, overdue, wasLost, whenOverdue, whenTestEnds } from './without-answer.js';

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

/** What is known of an engagement that is under way. */
interface Watch {
  /** Is aborted when the engagement is over. */
  signal: AbortSignal;
  sinceStart(): number;
  /** `undefined` before the click. */
  sinceClick(): number | undefined;
  /** The number that the page passes with each report. */
  index: number;
}

/**
 * Waits for the method in the document that `frame` shows, also across navigations, and clicks. Ends before the test
 * times out, however often `test.setTimeout()` changes that.
 */
export async function click(frame: Frame, options: ClickOptions): Promise<ClickAnswer> {
  const { limit, wait, remaining, listen, onLateAnswer } = options;
  const begun = performance.now();
  let clicked: number | undefined;
  const over = new AbortController();
  const watch: Watch = {
    signal: over.signal,
    sinceStart: () => performance.now() - begun,
    sinceClick: () => clicked && performance.now() - clicked,
    index: listen({
      clicked: () => {
        clicked = performance.now();
      },
      answeredLate: onLateAnswer,
    }),
  };
  const times = () => ({ sinceClick: watch.sinceClick(), sinceStart: watch.sinceStart() });
  const end = async () => {
    await whenTestEnds(remaining, over.signal);
    const network = networkOf(frame.page());
    const destination = network.navigated(0) && network.destination(frame.page().mainFrame());
    return outOfTime(times(), { limit, destination: destination && placeOf(destination) });
  };
  const answering = clickInDocuments(frame, options, watch);
  const giveUp = async () => {
    const isOverdue = (grace: number) =>
      (watch.sinceClick() ?? watch.sinceStart() - wait) > Math.min(limit, longest) + grace;
    await whenOverdue(frame, isOverdue, over.signal);
    answering.then(
      (late) => late.outcome !== 'no-answer' && late.outcome !== 'method-missing' && onLateAnswer(late),
      () => {},
    );
    return overdue(times(), limit);
  };
  return Promise.race([answering, end(), giveUp()])
    .catch((cause: unknown) => {
      const loss = lossOf(frame, cause);
      if (loss === undefined) throw cause;
      return wasLost(loss, times());
    })
    .finally(() => over.abort());
}

/** Tries every document that `frame` shows, until one has the method or the wait is over. */
async function clickInDocuments(
  frame: Frame,
  { methodName, limit, wait, remaining }: ClickOptions,
  { signal, sinceStart, sinceClick, index }: Watch,
): Promise<ClickAnswer> {
  const network = networkOf(frame.page());
  const documents = network.documents();
  // Awaited only if necessary: a test that drives the page's clock next must find the engagement waiting.
  const navigating = network.navigated(wait);
  if (navigating) await navigating;

  for (let offset = navigating ? sinceStart() : 0; ; offset = sinceStart()) {
    const left = Math.max(0, wait - offset);
    const options = JSON.stringify({
      methodName,
      limit: Math.min(limit, longest),
      wait: Math.min(left, longest),
    });
    // Playwright's function throws on a page that has replaced JSON.
    const report = `((answer) => { try { globalThis.${reportName}?.(${index}, answer) } catch {} })`;
    const gone = new AbortController();
    const ending = { methodName, wait: left, remaining, signal: AbortSignal.any([signal, gone.signal]) };
    if (left > 0) void endWaiting(frame, ending);
    try {
      const answer = await frame.evaluate<EngagementAnswer>(
        `(${startEngagement})({ ...${options}, onClick: () => ${report}(), onLateAnswer: ${report} })`,
      );
      const isCut = answer.outcome === 'method-missing' && remaining() <= 0 && sinceStart() < wait;
      return {
        ...answer,
        ...(isCut && { message: `${answer.message} ${cutShort}` }),
        waited: Math.round(offset) + (answer.waited ?? 0),
      };
    } catch (cause) {
      if (
        signal.aborted ||
        frame.page().isClosed() ||
        !(cause instanceof Error) ||
        !/navigat|context was destroyed|frame was detached/i.test(cause.message)
      )
        throw cause;
      const since = sinceClick();
      // Firefox ends the scripts of a removed frame a moment before it reports the removal.
      if (frame !== frame.page().mainFrame() && !frame.isDetached()) await delay(100);
      const hasNavigated = network.documents() > documents || network.navigated(0) !== undefined;
      if (frame.isDetached() && (since === undefined || !hasNavigated)) throw cause;
      if (since !== undefined) return await navigated(frame, since, offset);
      if (sinceStart() > wait && offset > 0) return navigatesForever(sinceStart());
      await frame.waitForLoadState('domcontentloaded', { timeout: Math.max(1, left) }).catch(() => {});
    } finally {
      gone.abort();
    }
  }
}

const cutShort =
  "The wait for it ended early, because the test's time was nearly over. Give the test more time.";

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
  return {
    outcome: 'navigated',
    target,
    message: `The page navigated to ${placeOf(target)} instead of calling back, so the visitor's click is lost. If the test itself has begun the navigation, wait for it before start().`,
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
