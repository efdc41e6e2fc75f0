/**
 * Writes the answer of the token endpoint.
 *
 * @module
 */
import type { TokenRefusal } from './token-handler-options.js';

/** What the endpoint decided: a token, a refusal, or neither (a preflight). */
export interface Decision {
  token?: string;
  refusal?: TokenRefusal;
}

export const methods = ['GET', 'POST', 'OPTIONS'];

const statuses = {
  'signed-out': 401,
  'no-contact': 403,
  'foreign-origin': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'client-left': 499,
  failed: 500,
  timeout: 503,
} as const satisfies Record<TokenRefusal, number>;

export function statusOf({ token, refusal }: Decision): number {
  return refusal ? statuses[refusal] : token ? 200 : 204;
}

/** @param more Headers that let a page on an allowed origin read the answer. */
export function tokenResponse(decision: Decision, method: string, more: Record<string, string>): Response {
  const status = statusOf(decision);
  const headers = new Headers({
    'Cache-Control': 'no-store',
    // The bridge needs the server's time, and some runtimes do not add the header.
    Date: new Date().toUTCString(),
    Vary: 'Cookie, Authorization, Origin',
    'X-Content-Type-Options': 'nosniff',
    ...more,
  });
  if (status === 405 || status === 204) headers.set('Allow', methods.join(', '));
  if (status === 503) headers.set('Retry-After', '1');
  if (status === 204) return new Response(null, { status, headers });
  headers.set('Content-Type', 'application/json');
  const { token, refusal } = decision;
  const body = JSON.stringify(refusal ? { error: refusal } : { token });
  return new Response(method === 'HEAD' ? null : body, { status, headers });
}
