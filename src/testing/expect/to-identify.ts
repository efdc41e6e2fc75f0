/**
 * The expectation of what a page tells the messaging tag.
 *
 * @module
 */
import type { ExpectMatcherState, MatcherReturnType, Page } from '@playwright/test';
import { parseGuid } from '../../contract/guid.js';
import { askIdentities, type Identity } from '../engagement/ask-identities.js';

/** Milliseconds between two attempts. The last value repeats. */
const pauses = [100, 250, 500, 1000];

/**
 * How long a function may take to answer the last question, in milliseconds. A shorter limit would blame the page for
 * a busy machine.
 */
const leastLimit = 1_000;

function received(answers: readonly (Identity | null)[]): string {
  const named = answers.filter((answer) => answer !== null);
  if (named.length > 0) return named.map(({ iss, sub }) => `${sub} (issuer ${iss})`).join(', ');
  return answers.length > 0 ? 'nobody' : 'nobody: lpTag.identities holds no function';
}

/**
 * Passes if the page identifies this contact, and nobody else, to Live Assist Messaging. Pass a GUID in any form that
 * Dynamics shows, or `null` for nobody. The check is repeated until it passes, for up to `timeout` milliseconds.
 *
 * @throws TypeError for text that is not a GUID.
 */
export async function toIdentify(
  this: ExpectMatcherState,
  page: Page,
  expected: string | null,
  { timeout = this.timeout }: { timeout?: number } = {},
): Promise<MatcherReturnType> {
  const guid = expected === null ? null : parseGuid(expected);
  if (guid === undefined)
    throw new TypeError(
      `toIdentify() was given ${JSON.stringify(expected)?.slice(0, 60)}, which is not the GUID of a contact. Give the GUID, or null for nobody.`,
    );
  const until = performance.now() + timeout;
  for (let times = 0; ; times++) {
    let told: string;
    let pass = false;
    try {
      const answers = await askIdentities(page, Math.max(leastLimit, until - performance.now()));
      const named = answers.filter((answer) => answer !== null);
      pass =
        guid === null
          ? named.length === 0
          : named.length > 0 && named.every(({ sub }) => parseGuid(sub) === guid);
      told = received(answers);
    } catch (error) {
      // The page navigates, or a function does not answer as it should.
      told = (error as Error).message;
      pass = this.isNot;
    }
    const pause = pauses[Math.min(times, pauses.length - 1)] ?? 0;
    if (pass === !this.isNot || performance.now() + pause > until)
      return {
        pass,
        name: 'toIdentify',
        message: () =>
          [
            `expect(page).${this.isNot ? 'not.' : ''}toIdentify(expected)\n`,
            `Expected: ${this.isNot ? 'not ' : ''}${this.utils.printExpected(expected ?? 'nobody')}`,
            `Received: ${this.utils.printReceived(told)}`,
          ].join('\n'),
      };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
