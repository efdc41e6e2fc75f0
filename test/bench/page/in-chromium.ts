/**
 * Opens Chromium beside a site whose pages load the tag or a contender.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';
import { chromiumLaunchOptions } from '../../../e2e/browser/launch-options.js';
import { bundle } from './bundle.js';
import { contenders } from './contenders.js';
import { servePages } from './page-server.js';

export type Pages = Awaited<ReturnType<typeof servePages>>;

export const tag = (): string =>
  readFileSync(new URL('../../../dist/live-assist-bridge.umd.js', import.meta.url), 'utf8');

export async function contenderScripts(): Promise<Record<string, { code: string }>> {
  const scripts = Object.entries(contenders).map(async ([name, { page }]) => {
    return [name, { code: await bundle(page, { globalName: 'bundled' }) }] as const;
  });
  return Object.fromEntries(await Promise.all(scripts));
}

/** @param addition more code for the page of the tag, which is called `ours` */
export async function inChromium<Result>(
  use: (browser: Browser, pages: Pages) => Promise<Result>,
  addition = '',
): Promise<Result> {
  const pages = await servePages({
    ours: { code: tag() + addition, attributes: 'data-token-endpoint="/token"' },
    ...(await contenderScripts()),
  });
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    return await use(browser, pages);
  } finally {
    await browser.close();
    pages.close();
  }
}
