/**
 * The expectation that a page's tokens appear nowhere except in the page's memory.
 *
 * @module
 */
import type { ExpectMatcherState, MatcherReturnType, Page } from '@playwright/test';
import { readToken } from '../../contract/read-token.js';
import { recordOf } from '../record/context-record.js';
import { requirePage } from '../require-page.js';
import { disguisesOf } from '../secrets/disguises-of.js';
import { type Sighting, secretsOf } from '../secrets/secrets-of.js';

/**
 * Passes if, since the test began, no token of the visitor has appeared in the console, an address, storage, a readable
 * cookie or the document of any page in the page's context. Only tokens that the token endpoint has answered, or that a
 * chat has received, count. Other tokens of the site, such as access tokens, do not.
 *
 * Fails if there was no token at all, also with `.not`.
 *
 * @throws TypeError for anything but a page whose context the kit has observed.
 */
export async function toKeepTokensSecret(this: ExpectMatcherState, page: Page): Promise<MatcherReturnType> {
  requirePage('toKeepTokensSecret', page);
  const record = recordOf(page.context());
  if (!record)
    throw new TypeError(
      'toKeepTokensSecret() was given a page of a context that the kit has not observed. Use the fixture `page`, or call engagementOn(page) before the page has a token.',
    );
  const sightings = await secretsOf(page.context(), record);
  const { tokens } = record;
  const leaks = sightings.flatMap((sighting) => {
    const own = [...tokens].find((one) => isOf(sighting.token, one));
    return own === undefined ? [] : { ...sighting, token: own };
  });
  const name = 'toKeepTokensSecret';
  const head = `expect(page).${this.isNot ? 'not.' : ''}${name}()\n`;
  if (tokens.size === 0)
    return {
      pass: this.isNot,
      name,
      message: () =>
        `${head}\nNo token was seen in this test, so nothing was checked. Start a chat as a signed-in visitor first, and set liveAssist.tokenEndpoint in \`use\`.`,
    };
  return {
    pass: leaks.length === 0,
    name,
    message: () =>
      [
        head,
        this.isNot
          ? `Expected: a token outside the page's memory\nReceived: ${tokens.size} seen, all kept secret`
          : `Expected: tokens in the page's memory only\nReceived: found in ${places(leaks).length} place(s)\n`,
        ...places(leaks),
      ].join('\n'),
  };
}

/** Whether `seen` contains `own`, is a disguise of it, or is its beginning, because logs may be cut off. */
const isOf = (seen: string, own: string) =>
  seen.includes(own) ||
  (own.startsWith(seen) && seen.length > own.length / 2) ||
  disguisesOf(own).includes(seen);

/** Returns one line for each place, without the token. */
function places(leaks: Sighting[]): string[] {
  const lines = leaks.map(({ where, page, token }) => {
    const sub = readToken(token)?.payload.sub;
    return `- ${where}${page ? ` on ${page}` : ''}: the token of ${sub ?? 'a visitor'}`;
  });
  return [...new Set(lines)];
}
