/**
 * Remembers which address the bridge has asked for a token, in case the test's options name another one.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { inTime } from './exchange.js';

/** No other script sends exactly this header, see src/bridge/request/request-init.ts. */
const acceptOfBridge = 'application/json, text/plain, */*;q=0.1';

/** Returns a function that resolves to one sentence about the last address the bridge asked, or to an empty string. */
export function createAskedAddress(page: Page, isEndpoint: (url: URL) => boolean): () => Promise<string> {
  let asked: string | undefined;
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (request.headers().accept === acceptOfBridge && !isEndpoint(url)) asked = url.origin + url.pathname;
  });

  return async () => {
    if (asked === undefined) return '';
    const base = await inTime(page.evaluate(startOfRelative), '');
    const isMoved = base !== '' && asked.startsWith(base);
    return ` The page asked ${asked} instead of liveAssist.tokenEndpoint. Correct data-token-endpoint on the page, or the option.${isMoved ? ` The page's <base> element makes relative addresses start at ${base}.` : ''}`;
  };
}

/** Where the page's `<base>` element makes relative addresses start, or an empty string. Runs in the page. */
const startOfRelative = () =>
  document.querySelector('base[href]') ? new URL('.', document.baseURI).href : '';
