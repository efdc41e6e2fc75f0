/**
 * Explains a status other than 200.
 *
 * @module
 */
import { retryAfter } from '../../contract/retry-after.js';
import { duration } from '../duration.js';
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import { redirectFinding } from './redirect.js';

export interface StatusContext {
  /** The status that the endpoint meant, which may differ from that of the answer. */
  status: number;
  body: string;
  /** Whether the answer was saved. In that case, `curl -I` may be the reason why it has no body. */
  saved: boolean;
  method?: string | undefined;
}

/** Explains the status of an answer without a token, and its cause if the answer shows it. */
export function* inspectStatus(
  { type, headers, url }: Response,
  { status, body, saved, method }: StatusContext,
): Generator<Finding> {
  const text = body.trim();
  if (type === 'opaqueredirect') yield finding('redirected', '');
  else if (status === 0) yield finding('opaque-answer');
  else if (status === 304) yield finding('not-modified');
  else if (status >= 300 && status < 400) yield redirectFinding(url, headers.get('location'));
  else if (status === 401) yield* unauthorized(headers);
  else if (isGateway(status, text, headers)) yield finding('gateway-route-missing', status);
  else if (isCsrf(status, text, method)) yield finding('csrf-refused', status, isProvenCsrf(status, text));
  else if (status === 403) yield finding(refusal(body));
  else if (status === 400 && /^(0|-1)$/.test(text)) yield finding('action-not-registered', status);
  else if (status === 404 || status === 410) yield finding('not-found', status);
  else if (saved && !text && refusesHead(status, headers.get('allow'))) yield finding('headers-alone');
  else if (status === 405) yield finding('method-refused', allowed(headers.get('allow')));
  else if (status === 429) yield finding('rate-limited', wait(retryAfter(headers)));
  else if (status === 408 || status >= 500) yield finding('endpoint-failed', status, whoFailed(status));
  else if (status > 200 && status < 300) yield finding('empty-answer');
  else yield finding('unexpected-status', status);
}

/** A challenge with a scheme that browsers know makes them ask for a password. */
function* unauthorized(headers: Headers): Generator<Finding> {
  const scheme = /\b(Basic|Digest|Negotiate|NTLM)\b/i.exec(headers.get('www-authenticate') ?? '')?.[1];
  if (scheme) yield finding('password-prompt', scheme);
  yield finding('signed-out');
}

/** Whether this is the answer of Amazon's API Gateway for a path or method without a route. */
function isGateway(status: number, text: string, headers: Headers): boolean {
  return (
    status === 403 &&
    (/MissingAuthenticationToken/.test(headers.get('x-amzn-errortype') ?? '') ||
      /"message"\s*:\s*"Missing Authentication Token"/i.test(text))
  );
}

/** Laravel answers 419, Rails 422, ASP.NET and Django 400 and 403, WordPress 403 with -1. */
function isCsrf(status: number, text: string, method: string | undefined): boolean {
  const isGuess = method === 'POST' && (status === 422 || (status === 400 && !text));
  return isProvenCsrf(status, text) || isGuess;
}

function isProvenCsrf(status: number, text: string): boolean {
  if (status === 419 || (status === 403 && text === '-1')) return true;
  const words =
    /csrf|xsrf|anti-?forgery|authenticity[\s_]?token|change you wanted was rejected|rest_cookie_invalid_nonce|page expired/i;
  return [400, 403, 422].includes(status) && words.test(text.slice(0, 5000));
}

function refusesHead(status: number, allow: string | null): boolean {
  return status === 501 || (status === 405 && /\bGET\b/.test(allow ?? ''));
}

function refusal(body: string): 'no-contact' | 'foreign-origin' | 'forbidden' {
  const word = /"error"\s*:\s*"(no-contact|foreign-origin)"/.exec(body)?.[1];
  return word === 'no-contact' || word === 'foreign-origin' ? word : 'forbidden';
}

function allowed(allow: string | null): string {
  return allow && /^[A-Z, ]+$/.test(allow) ? `, only ${quote(allow, 60).slice(1, -1)}` : '';
}

function wait(milliseconds = 0): string {
  return milliseconds > 0 ? `, and asks for a pause of ${duration(milliseconds / 1000)}` : '';
}

function whoFailed(status: number): string {
  if (status >= 520 && status <= 530) return 'the CDN in front of it could not reach it';
  if (status === 502 || status === 504) return 'the proxy before it got no proper answer from it';
  if (status === 503) return 'it is overloaded or down for maintenance';
  return status === 408 ? 'it gave up waiting for the request' : 'it failed';
}
