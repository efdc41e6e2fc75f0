/**
 * One request to the token endpoint, with its answer.
 *
 * @module
 */
import type { Page, Request } from '@playwright/test';
import { readToken } from '../../contract/read-token.js';
import { tokenStart } from '../../contract/token-shape.js';
import type { ReportedBodies } from './reported-bodies.js';

/** Contains the token, which a report must mask. */
export interface Exchange {
  /** `undefined` for a service worker's request. */
  page: Page | undefined;
  method: string;
  url: string;
  milliseconds: number;
  requestHeaders: Record<string, string>;
  /** `undefined` if the request failed. */
  status: number | undefined;
  /** Why the request failed, in the browser's words. */
  failure: string | undefined;
  fromServiceWorker: boolean;
  headers: Record<string, string>;
  body: string;
}

/** How long reading a complete answer may take, in milliseconds. */
const patience = 2_000;

/** Reads the exchange from the browser, and the body from `bodies` if the browser has dropped it. Never rejects. */
export async function readExchange(
  request: Request,
  milliseconds: number,
  bodies: ReportedBodies,
): Promise<Exchange> {
  const response = await inTime(request.response(), null);
  const page = pageOf(request);
  const reported =
    response && request.resourceType() === 'fetch' && bodies.take(page, request.url(), response.status());
  return {
    page,
    method: request.method(),
    url: request.url(),
    milliseconds: Math.round(milliseconds),
    requestHeaders: await inTime(request.allHeaders(), request.headers()),
    status: response?.status(),
    failure: request.failure()?.errorText,
    fromServiceWorker: response?.fromServiceWorker() ?? false,
    headers: response ? await inTime(response.allHeaders(), response.headers()) : {},
    body: response ? (await inTime(response.text(), '')) || (await reported) || '' : '',
  };
}

const tokenLike = new RegExp(`${tokenStart}[\\w-]*\\.[\\w-]+\\.[\\w-]+`, 'g');

/** Returns the complete tokens in a text. A host name may look like one. */
export const tokensIn = (text: string): string[] =>
  (text.match(tokenLike) ?? []).filter((token) => readToken(token));

/** Returns what `value` resolves to, or `otherwise` if it rejects or takes too long. */
export async function inTime<T>(value: Promise<T>, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, patience, otherwise);
  });
  return Promise.race([value.catch(() => otherwise), late]).finally(() => clearTimeout(timer));
}

function pageOf(request: Request): Page | undefined {
  try {
    return request.frame().page();
  } catch {
    return undefined;
  }
}
