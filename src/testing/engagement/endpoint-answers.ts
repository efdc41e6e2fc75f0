/**
 * Adds the token endpoint's last answer to a refusal without a reason.
 *
 * @module
 */
import type { Page, Request, Response } from '@playwright/test';
import type { Step } from '../../diagnosis/refusal-step.js';
import { matchEndpoint } from '../faults/fault.js';
import type { Chat } from './chat.js';

/** Returns a function that adds the last answer to a chat whose refusal has no code. */
export function createEndpointAnswers(page: Page, tokenEndpoint: string | undefined): (chat: Chat) => Chat {
  if (tokenEndpoint === undefined) return (chat) => chat;
  const isEndpoint = matchEndpoint(tokenEndpoint);
  let last: Response | 'none' | undefined;
  page.on('response', (response) => {
    if (isEndpoint(new URL(response.url()))) last = response;
  });
  page.on('requestfailed', (request: Request) => {
    if (isEndpoint(new URL(request.url()))) last = 'none';
  });

  const describe = (): [what: string, step: Step] => {
    if (last === undefined) return [`The page has not asked ${tokenEndpoint}.`, 6];
    if (last === 'none') return [`The page's last request to ${tokenEndpoint} failed.`, 4];
    const status = last.status();
    const isPage = /^text\/html/.test(last.headers()['content-type'] ?? '');
    const what = `The last answer of ${tokenEndpoint} was ${status}${isPage ? ', an HTML page' : ''}.`;
    return [what, status === 401 ? 1 : isPage || status < 200 || status > 299 ? 4 : 6];
  };

  return (chat) => {
    if (chat.outcome !== 'refused' || chat.code !== undefined) return chat;
    const [what, step] = describe();
    return { ...chat, step, message: `${chat.message} ${what}` };
  };
}
