/**
 * Keeps the bodies that pages report, for the requests whose bodies Playwright cannot read.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { watchBodies } from './watch-bodies.js';

export interface ReportedBodies {
  ready: Promise<unknown>;
  /** The oldest body that was reported for this answer and not taken yet; empty if none arrives soon. */
  take(page: Page | undefined, url: string, status: number): Promise<string>;
}

const reportName = '__liveAssistBody';

/** How long a report may take, in real milliseconds. */
const patience = 1_000;

/** Watches the pages of `context` that are there and that come. */
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
