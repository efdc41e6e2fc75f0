/**
 * Reports from engagements in a page and its frames to the test.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import type { EngagementAnswer } from '../engagement.js';

export interface Listener {
  /** The method has been found and is about to be called. */
  clicked(): void;
  /** An answer has come after the end of the engagement. */
  answeredLate(answer: EngagementAnswer): void;
}

export interface PageChannel {
  /** Resolves when the page can report. */
  ready: Promise<void>;
  /** Registers a listener and returns its number, which the page passes with each report. */
  listen(listener: Listener): number;
}

/** The name of the function on the page's global object: `(number, answer?)`. */
export const reportName = '__liveAssistReport';

const channels = new WeakMap<Page, PageChannel>();

/** Whether `page` has an engagement. */
export const isEngaged = (page: Page): boolean => channels.has(page);

/** Returns the channel of `page`. */
export function channelOf(page: Page): PageChannel {
  const known = channels.get(page);
  if (known) return known;
  const listeners: Listener[] = [];
  const report = (_source: object, index: number, answer?: EngagementAnswer) => {
    if (answer) listeners[index]?.answeredLate(answer);
    else listeners[index]?.clicked();
  };
  const ready = page.exposeBinding(reportName, report).then(() => {});
  // Avoids an unhandled rejection. Starting an engagement reports the failure.
  ready.catch(() => {});
  const channel = { ready, listen: (listener: Listener) => listeners.push(listener) - 1 };
  channels.set(page, channel);
  return channel;
}
