/** What a status other than 200 means. */
import { retryAfter } from '../../contract/retry-after.js';
import { duration } from '../duration.js';
import { type Finding, finding } from '../findings/finding.js';
import { redirectFinding } from './redirect.js';

/**
 * Names the status of an answer that brings no token; `body` tells the refusals of our own handler apart, and where it
 * is missing from a `saved` answer, that the method may be refused which only `curl -I` asks by.
 */
export function* inspectStatus(
  { status, type, headers, url }: Response,
  body: string,
  saved: boolean,
): Generator<Finding> {
  if (type === 'opaqueredirect') yield finding('redirected', '');
  else if (status === 0) yield finding('opaque-answer');
  else if (status === 304) yield finding('not-modified');
  else if (status >= 300 && status < 400) yield redirectFinding(url, headers.get('location'));
  else if (status === 401) yield finding('signed-out');
  else if (status === 403) yield finding(refusal(body));
  else if (status === 404 || status === 410) yield finding('not-found', status);
  else if (saved && !body.trim() && refusesHead(status, headers.get('allow'))) yield finding('headers-alone');
  else if (status === 405) yield finding('method-refused', allowed(headers.get('allow')));
  else if (status === 429) yield finding('rate-limited', wait(retryAfter(headers)));
  else if (status === 408 || status >= 500) yield finding('endpoint-failed', status, whoFailed(status));
  else if (status > 200 && status < 300) yield finding('empty-answer');
  else yield finding('unexpected-status', status);
}

function refusesHead(status: number, allow: string | null): boolean {
  return status === 501 || (status === 405 && /\bGET\b/.test(allow ?? ''));
}

function refusal(body: string): 'no-contact' | 'foreign-origin' | 'forbidden' {
  const word = /"error"\s*:\s*"(no-contact|foreign-origin)"/.exec(body)?.[1];
  return word === 'no-contact' || word === 'foreign-origin' ? word : 'forbidden';
}

function allowed(allow: string | null): string {
  return allow && /^[A-Z, ]+$/.test(allow) ? `, only ${allow}` : '';
}

function wait(milliseconds = 0): string {
  return milliseconds > 0 ? `, and wants to be left alone for ${duration(milliseconds / 1000)}` : '';
}

function whoFailed(status: number): string {
  if (status >= 520 && status <= 530) return 'the CDN before it could not reach it';
  if (status === 502 || status === 504) return 'the proxy before it got no proper answer from it';
  if (status === 503) return 'it is overloaded or down for maintenance';
  return status === 408 ? 'it gave up waiting for the request' : 'it failed';
}
