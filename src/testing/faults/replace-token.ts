/**
 * Replaces the token in the token endpoint's answer.
 *
 * @module
 */
import type { Route } from '@playwright/test';
import { readToken } from '../../contract/read-token.js';
import { faultHeader } from './answer-route.js';
import { type Forgery, forgeToken } from './forge-token.js';

/** A token's times, which a fault keeps or changes. */
export interface Times {
  iat: number;
  exp: number;
}

/**
 * Lets the endpoint answer, and re-signs every token in the answer with another key, with the times changed by `bend`.
 * The rest of the answer stays unchanged. The token may be anywhere in the answer.
 *
 * Resolves to a sentence if the answer contains no token.
 */
export async function replaceToken(
  route: Route,
  forgery: Forgery,
  bend: (times: Times) => Times = (times) => times,
): Promise<string | undefined> {
  const response = await route.fetch({ maxRedirects: 0 });
  const headers = { ...response.headers(), [faultHeader]: forgery.fault };
  const text = await response.text();
  let body = text;
  for (const [token] of text.matchAll(/[\w-]+\.[\w-]+\.[\w-]+/g)) {
    const { iat, exp, ...claims } = readToken(token)?.payload ?? {};
    if (typeof iat !== 'number' || typeof exp !== 'number') continue;
    body = body.replace(token, await forgeToken({ ...claims, ...bend({ iat, exp }) }, forgery));
  }
  await route.fulfill(body === text ? { response, headers } : { response, headers, body });
  if (body !== text) return undefined;
  return `The endpoint answered ${response.status()} without a token whose iat and exp are numbers. Is the visitor signed in?`;
}
