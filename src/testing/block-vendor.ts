/**
 * Keeps unreachable vendor hosts from delaying the page.
 *
 * @module
 */
import type { BrowserContext } from '@playwright/test';
import { isVendorHost } from '../contract/vendor-hosts.js';

/**
 * Refuses requests to the vendor's hosts and to `more`, subdomains included, as an ad blocker would.
 *
 * Like every Playwright route, this turns off the browser's HTTP cache and makes Playwright answer CORS preflights.
 */
export async function blockVendor(context: BrowserContext, more: string[] = []): Promise<void> {
  await context.route(
    ({ hostname }) => isVendorHost(hostname, more),
    (route) => route.abort('blockedbyclient'),
  );
}
