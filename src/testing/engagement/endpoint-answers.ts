/**
 * Adds to a refused chat what the browser knows about the token endpoint's last answer.
 *
 * @module
 */
import type { Page, Request, Response } from '@playwright/test';
import type { Step } from '../../diagnosis/refusal-step.js';
import { matchEndpoint } from '../faults/fault.js';
import { withoutTokens } from '../page/shown.js';
import { createAskedAddress } from '../record/asked-address.js';
import { inTime } from '../record/exchange.js';
import type { Chat } from './chat.js';

/** Returns a function that adds the last answer to a refusal without a code, and to any refusal what the page cannot see. */
export function createEndpointAnswers(
  page: Page,
  tokenEndpoint: string | undefined,
): (chat: Chat) => Promise<Chat> {
  if (tokenEndpoint === undefined) return async (chat) => chat;
  const isEndpoint = matchEndpoint(tokenEndpoint);
  const askedAddress = createAskedAddress(page, isEndpoint);
  let last: Response | Request | undefined;
  page.on('response', (response) => {
    if (isEndpoint(new URL(response.url()))) last = response;
  });
  page.on('requestfailed', (request) => {
    // The bridge aborts requests whose answer it has read.
    const isAnswered = last !== undefined && 'request' in last && last.request() === request;
    if (isEndpoint(new URL(request.url())) && !isAnswered) last = request;
  });

  let corsLine: string | undefined;
  page.on('console', (message) => {
    const text = message.text();
    // Chromium's words. Only the console says why a page may not read an answer of another origin.
    if (/blocked by CORS policy/.test(text)) corsLine = withoutTokens(text.replace(/\?[^' ]*/g, ''));
  });

  const describe = (): [what: string, step: Step] => {
    if (last === undefined) return [`The page has not asked ${tokenEndpoint}.`, 6];
    if ('failure' in last) return [`The page's last request to ${tokenEndpoint} failed.`, 4];
    const status = last.status();
    const isPage = /^text\/html/.test(last.headers()['content-type'] ?? '');
    const what = `The last answer of ${tokenEndpoint} was ${status}${isPage ? ', an HTML page' : ''}.`;
    return [what, status === 401 ? 1 : isPage || status < 200 || status > 299 ? 4 : 6];
  };

  /** What the bridge cannot know: why the connection failed, and that a service worker answered. */
  const unseen = async (code: string | undefined, isForbidden = false) => {
    if (last === undefined) {
      if (isForbidden) return '';
      const another = await askedAddress();
      return another === '' && code === 'network'
        ? ` The browser sent no request to ${tokenEndpoint}. Does it refuse the address, or does the page ask another one?`
        : another;
    }
    if ('failure' in last) {
      const failure = last.failure()?.errorText;
      if (!failure || code !== 'network') return '';
      const place = last.url().replace(/[?#].*/, '');
      return ` The browser says of ${place}: ${failure}.${corsLine?.includes(place) ? ` ${corsLine}` : ''}`;
    }
    if (last.fromServiceWorker()) return ` A service worker of the site gave that answer. ${withoutWorker}`;
    // Firefox reports an answer that the page may not read. Chromium reports a failure.
    if (code === 'network')
      return ` The endpoint's last answer, ${last.status()}, did not reach the page. Is Access-Control-Allow-Origin missing?`;
    return last.status() === 401 ? await cookieless(last.request()) : '';
  };

  return async (chat) => {
    const { outcome, code, message } = chat;
    if (outcome !== 'refused') return chat;
    const isForbidden = /Content-Security-Policy forbids/.test(message ?? '');
    if (code !== undefined) return { ...chat, message: `${message}${await unseen(code, isForbidden)}` };
    const [what, step] = describe();
    return { ...chat, step, message: `${message} ${what}${await unseen(code)}` };
  };
}

const withoutWorker = "To go without it, set serviceWorkers: 'block' in `use`.";

/** Says that a request carried no cookie, if that is so. Then the site cannot know its visitor. */
async function cookieless(request: Request): Promise<string> {
  const sent = await inTime(request.headerValue('cookie'), 'unknown');
  if (sent) return '';
  // Firefox shows neither the cookie of such a request nor that a worker answered it.
  if (await isControlled(request))
    return ` A service worker controls the page and may have given that answer. ${withoutWorker}`;
  let kept: unknown[] = [];
  try {
    kept = await inTime(request.frame().page().context().cookies(request.url()), []);
  } catch {
    // The request's page is gone.
  }
  const although =
    kept.length > 0
      ? ', although the browser has one for that address. Check credentials and SameSite'
      : ', and the browser has none for that address';
  return ` The request carried no cookie${although}.`;
}

async function isControlled(request: Request): Promise<boolean> {
  try {
    return await inTime(
      request.frame().evaluate(() => Boolean(navigator.serviceWorker?.controller)),
      false,
    );
  } catch {
    // The request's page is gone.
    return false;
  }
}
