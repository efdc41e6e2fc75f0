/**
 * Keeps vendor hosts which cannot be reached from holding up the page.
 *
 * @module
 */
import type { BrowserContext } from '@playwright/test';
import { isVendorHost } from '../contract/vendor-hosts.js';

/**
 * Refuses requests to the vendor's hosts and to `more`, subdomains included, as an ad blocker would.
 *
 * As every route of Playwright's does, it takes the browser's HTTP cache away, and Playwright answers CORS preflights.
 */
export async function blockVendor(context: BrowserContext, more: string[] = []): Promise<void> {
  await context.route(
    ({ hostname }) => isVendorHost(hostname, more),
    (route) => route.abort('blockedbyclient'),
  );
}
