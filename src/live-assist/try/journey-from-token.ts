/**
 * A journey for sites that report nothing. The token's claims stand in for the site's steps 1 to 4.
 *
 * @module
 */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describeClaims } from '../describe-claims.js';
import { createJourney, type Journey, type StepReport } from '../journey.js';

export function createJourneyFromToken(): Journey {
  const journey = createJourney();
  return {
    ...journey,
    // The steps remain visible after the chat's page has been closed.
    leave() {},
    received(engagement, token) {
      journey.received(engagement, token);
      for (const report of stepsOf(token)) journey.tell(engagement, report, 9);
    },
  };
}

/** Returns no steps for a text that is not a token, because step 7 reports that failure. */
function stepsOf(token: string): StepReport[] {
  try {
    const { alg = '' } = decodeProtectedHeader(token);
    const claims = decodeJwt(token);
    const done = (step: number, text: string, facts: StepReport['facts'] = {}): StepReport => ({
      step,
      state: 'done',
      text,
      facts,
    });
    return [
      done(1, 'There is a token, so the site knows its visitor.'),
      done(2, 'The token names a contact.', { sub: String(claims.sub ?? 'missing') }),
      done(3, 'The site signed the token.', { alg, ...describeClaims(claims) }),
      done(4, 'The token reached the page.'),
    ];
  } catch {
    return [];
  }
}
