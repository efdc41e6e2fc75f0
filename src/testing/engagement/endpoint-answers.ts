/**
 * Adds to a refused chat what the browser knows about the token endpoint's last answer.
 *
 * @module
 */
import type { Page, Request, Response } from '@playwright/test';
import type { Step } from '../../diagnosis/refusal-step.js';
import { matchEndpoint } from '../faults/fault.js';
import type { Chat } from './chat.js';

/** Returns a function that adds the last answer to a refusal without a code, and to any refusal what the page cannot see. */
export function createEndpointAnswers(page: Page, tokenEndpoint: string | undefined): (chat: Chat) => Chat {
  if (tokenEndpoint === undefined) return (chat) => chat;
  const isEndpoint = matchEndpoint(tokenEndpoint);
  let last: Response | Request | undefined;
  page.on('response', (response) => {
    if (isEndpoint(new URL(response.url()))) last = response;
  });
  page.on('requestfailed', (request) => {
    // The bridge aborts requests whose answer it has read.
    const isAnswered = last !== undefined && 'request' in last && last.request() === request;
    if (isEndpoint(new URL(request.url())) && !isAnswered) last = request;
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
  const unseen = (code: string | undefined) => {
    if (last === undefined) return '';
    if ('failure' in last) {
      const failure = last.failure()?.errorText;
      return failure && code === 'network' ? ` The browser says: ${failure}.` : '';
    }
    return last.fromServiceWorker()
      ? " A service worker of the site gave that answer. To go without it, set serviceWorkers: 'block' in `use`."
      : '';
  };

  return (chat) => {
    const { outcome, code, message } = chat;
    if (outcome !== 'refused') return chat;
    if (code !== undefined) return { ...chat, message: `${message}${unseen(code)}` };
    const [what, step] = describe();
    return { ...chat, step, message: `${message} ${what}${unseen(code)}` };
  };
}
