/**
 * Stores the bodies that pages report, for requests whose bodies Playwright cannot read.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { watchBodies } from './watch-bodies.js';

export interface ReportedBodies {
  ready: Promise<unknown>;
  /**
   * Returns the oldest reported body of this answer that was not taken yet, or an empty string if none arrives soon.
   */
  take(page: Page | undefined, url: string, status: number): Promise<string>;
}

const reportName = '__liveAssistBody';

/** How long a report may take, in real milliseconds. */
const patience = 1_000;

/** Watches all present and future pages of `context`. */
export function reportBodies(context: BrowserContext, tokenEndpoint: string | undefined): ReportedBodies {
  if (tokenEndpoint === undefined) return { ready: Promise.resolve(), take: async () => '' };
  const reports: { page: Page; url: string; status: number; body: string }[] = [];
  const watched = { reportName, tokenEndpoint };
  const ready = context
    .exposeBinding(reportName, ({ page }, url: string, status: number, body: string) => {
      reports.push({ page, url, status, body });
    })
    .then(() => context.addInitScript(watchBodies, watched))
    .then(() =>
      Promise.all(context.pages().map((page) => page.evaluate(watchBodies, watched).catch(() => {}))),
    );
  return {
    ready,
    async take(page, url, status) {
      for (const end = performance.now() + patience; performance.now() < end; await delay(20)) {
        const index = reports.findIndex(
          (report) => report.page === page && report.url === url && report.status === status,
        );
        if (index >= 0) return reports.splice(index, 1)[0]?.body ?? '';
      }
      return '';
    },
  };
}
