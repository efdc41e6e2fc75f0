/**
 * Two tabs of one site, whose pages are printed for visitors.
 *
 * @module
 */
import { expect, type Page } from '@playwright/test';
import { tag } from './field.js';
import { html } from './misbehave.js';
import type { Site } from './site.js';

/** Loads a page of the site in a tab, as it is printed for `visitor`; without one the tag says nothing of visitors. */
export async function load(page: Page, site: Site, visitor?: string) {
  const attributes = { tokenEndpoint: '/token', ...(visitor === undefined ? {} : { visitor }) };
  const path = `/for-${encodeURIComponent(visitor ?? 'whomever')}`;
  site.serve(path, html(`<!doctype html><title>${path}</title>${tag(attributes)}`));
  await page.goto(site.origin + path);
}

/** Tabs may live in processes of their own: what one has stored takes its time to arrive in the other. */
export async function agree(...pages: Page[]) {
  const stored = () => Promise.all(pages.map((page) => page.evaluate(() => JSON.stringify(localStorage))));
  await expect.poll(async () => new Set(await stored()).size).toBe(1);
}
