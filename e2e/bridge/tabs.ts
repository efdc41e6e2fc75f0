/**
 * Two tabs of one site, whose pages are printed for visitors.
 *
 * @module
 */
import { expect, type Page } from '@playwright/test';
import { tag } from './field.js';
import { html } from './misbehave.js';
import type { Site } from './site.js';

/** Loads a page of the site in a tab, printed for `visitor`. Without one, the tag has no `data-visitor`. */
export async function load(page: Page, site: Site, visitor?: string) {
  const attributes = { tokenEndpoint: '/token', ...(visitor === undefined ? {} : { visitor }) };
  const path = `/for-${encodeURIComponent(visitor ?? 'whomever')}`;
  site.serve(path, html(`<!doctype html><title>${path}</title>${tag(attributes)}`));
  await page.goto(site.origin + path);
}

/** Tabs may run in separate processes, so a stored value takes some time to reach the other tab. */
export async function agree(...pages: Page[]) {
  const stored = () => Promise.all(pages.map((page) => page.evaluate(() => JSON.stringify(localStorage))));
  await expect.poll(async () => new Set(await stored()).size).toBe(1);
}
