/**
 * What a test expects of a page that has handed over tokens: that they are nowhere else.
 *
 * @module
 */
import type { ExpectMatcherState, MatcherReturnType, Page } from '@playwright/test';
import { readToken } from '../../contract/read-token.js';
import { recordOf } from '../record/context-record.js';
import { requirePage } from '../require-page.js';
import { type Sighting, secretsOf } from '../secrets/secrets-of.js';

/**
 * Passes if, since the test began, no token of the visitor has appeared in the console, an address, storage, a readable
 * cookie or the document of any page in the page's context. Tokens are those that the token endpoint has answered or that
 * a chat has been given; another token of the site, such as an access token, does not count.
 *
 * Fails if there was no token at all, with `.not` too.
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
  const leaks = sightings.filter(({ token }) =>
    [...tokens].some((own) => token.includes(own) || isCut(token, own)),
  );
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
          ? `Expected: a token outside of the page's memory\nReceived: ${tokens.size} seen, all kept secret`
          : `Expected: tokens in the page's memory only\nReceived: found in ${places(leaks).length} place(s)\n`,
        ...places(leaks),
      ].join('\n'),
  };
}

/** Whether `seen` is `own` without its end: a log may be cut. */
const isCut = (seen: string, own: string) => own.startsWith(seen) && seen.length > own.length / 2;

/** One line for each place, without a token. */
function places(leaks: Sighting[]): string[] {
  const lines = leaks.map(({ where, page, token }) => {
    const sub = readToken(token)?.payload.sub;
    return `- ${where}${page ? ` on ${page}` : ''}: the token of ${sub ?? 'a visitor'}`;
  });
  return [...new Set(lines)];
}
