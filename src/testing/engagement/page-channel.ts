/**
 * Lets engagements in a page and in its frames report to the test.
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
  /** Resolves when pages can report. */
  ready: Promise<void>;
  /** Registers a listener; its number is what the page reports with. */
  listen(listener: Listener): number;
}

/** The function on the page's global object: `(number, answer?)`. */
export const reportName = '__liveAssistReport';

const channels = new WeakMap<Page, PageChannel>();

/** Whether engagements are played on `page`. */
export const isEngaged = (page: Page): boolean => channels.has(page);

/** The channel of `page`. */
export function channelOf(page: Page): PageChannel {
  const known = channels.get(page);
  if (known) return known;
  const listeners: Listener[] = [];
  const report = (_source: object, index: number, answer?: EngagementAnswer) => {
    if (answer) listeners[index]?.answeredLate(answer);
    else listeners[index]?.clicked();
  };
  const ready = page.exposeBinding(reportName, report).then(() => {});
  // Whoever starts an engagement learns of the failure.
  ready.catch(() => {});
  const channel = { ready, listen: (listener: Listener) => listeners.push(listener) - 1 };
  channels.set(page, channel);
  return channel;
}
