/**
 * One page for the tag and for each contender that can ask a server of the site for a token.
 *
 * @module
 */
import type { Browser, CDPSession, Page } from 'playwright';
import { type Contender, contenders } from './contenders.js';
import { token } from './page-server.js';

declare global {
  var contender: {
    prepare?(token: string): Promise<unknown>;
    forget(): unknown;
    ask(): Promise<string>;
  };
}

export interface OpenPage {
  page: Page;
  devtools: CDPSession;
}

export type OpenContenders = Record<string, OpenPage> & { ours: OpenPage };

export async function openContenders(browser: Browser, origin: string): Promise<OpenContenders> {
  const able = Object.entries<Contender>(contenders).filter(([, { cannot }]) => !cannot);
  const open = async (name: string): Promise<OpenPage> => {
    const page = await browser.newPage();
    // tsx wraps named functions in a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (named) => named');
    await page.goto(encodeURI(`${origin}/page/${name}`));
    await page.evaluate((token) => contender.prepare?.(token), token());
    return { page, devtools: await page.context().newCDPSession(page) };
  };
  const others = await Promise.all(able.map(async ([name]) => [name, await open(name)] as const));
  return { ours: await open('ours'), ...Object.fromEntries(others) };
}

/** Every request of the page takes this many milliseconds longer. */
export async function delayRequests({ devtools }: OpenPage, latency: number): Promise<void> {
  const unlimited = { downloadThroughput: -1, uploadThroughput: -1 };
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency, ...unlimited });
}
