/** Puts another token in the place of the one that the token endpoint answers. */
import type { Route } from '@playwright/test';
import { readToken } from '../token/read.js';
import { faultHeader } from './answer-route.js';
import { type Forgery, forgeToken } from './forge-token.js';

/** A token's times, which every fault of a token keeps or bends. */
export interface Times {
  iat: number;
  exp: number;
}

/**
 * Lets the endpoint answer and re-signs its token with another key, its times bent by `bend`. All else stays, wherever
 * in the answer the token is.
 *
 * Resolves to a sentence where the answer holds no token.
 */
export async function replaceToken(
  route: Route,
  forgery: Forgery,
  bend: (times: Times) => Times = (times) => times,
): Promise<string | undefined> {
  const response = await route.fetch({ maxRedirects: 0 });
  const headers = { ...response.headers(), [faultHeader]: forgery.fault };
  const text = await response.text();
  for (const [token] of text.matchAll(/[\w-]+\.[\w-]+\.[\w-]+/g)) {
    const { iat, exp, ...claims } = readToken(token)?.payload ?? {};
    if (typeof iat !== 'number' || typeof exp !== 'number') continue;
    const forged = await forgeToken({ ...claims, ...bend({ iat, exp }) }, forgery);
    await route.fulfill({ response, headers, body: text.replace(token, forged) });
    return undefined;
  }
  await route.fulfill({ response, headers });
  return `The endpoint answered ${response.status()} without a token. Is the visitor signed in?`;
}
