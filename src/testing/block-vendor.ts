/** Keeps vendor hosts which cannot be reached from holding up the page. */
import type { BrowserContext } from '@playwright/test';

const vendorHosts = ['liveperson.net', 'liveperson.com', 'lpsnmedia.net', 'liveassistfor365.com'];

/**
 * Refuses requests to the vendor's hosts and to `more`, subdomains included, as an ad blocker would.
 *
 * As every route of Playwright's does, it takes the browser's HTTP cache away, and Playwright answers CORS preflights.
 */
export async function blockVendor(context: BrowserContext, more: string[] = []): Promise<void> {
  const hosts = [...vendorHosts, ...more];
  const isVendor = ({ hostname }: URL) =>
    hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  await context.route(isVendor, (route) => route.abort('blockedbyclient'));
}
