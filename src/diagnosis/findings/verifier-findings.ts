/**
 * The findings about the answer of the vendor's verifier. None of them is an error, because nobody has tried the
 * verifier with a real account.
 *
 * @module
 */
import { untried } from './account-findings.js';
import type { FindingTable } from './finding.js';

export const verifierFindings = {
  'verifier-accepts': ['note', () => `The verifier of Live Assist accepts the token. ${untried}`],
  'verifier-refuses': [
    'warning',
    (code: string, why: string, remedy: string) =>
      `The verifier of Live Assist refuses the token with the code ${code}. ${why} ${remedy} ${untried}`,
  ],
  'verifier-refuses-unknown': [
    'warning',
    (code: string) =>
      `The verifier of Live Assist refuses the token with the code ${code}, which LivePerson's documentation does not list. Ask Live Assist support. ${untried}`,
  ],
  'verifier-missing': [
    'note',
    () =>
      `This account has no verifier, so the token was not verified there. Accounts with legacy chat only do not have one. ${untried}`,
  ],
  'verifier-not-asked': [
    'warning',
    (reason: string) => `The verifier of Live Assist was not asked, because ${reason}. ${untried}`,
  ],
  'verifier-failed': [
    'warning',
    (code: string, why: string, remedy: string) =>
      `The verifier of Live Assist could not answer whether the token is right. Its code is ${code}. ${why} ${remedy} ${untried}`,
  ],
  'verifier-redirected': [
    'warning',
    () =>
      `The verifier of Live Assist was asked, and it answered with a redirect. The redirect was not followed, because a token is never sent on. If a proxy stands in between, give its address with --account-url. ${untried}`,
  ],
  'verifier-silent': [
    'warning',
    (reason: string) => `The verifier of Live Assist did not answer: ${reason}. Try again later. ${untried}`,
  ],
  'verifier-unexpected': [
    'warning',
    (outline: string) =>
      `The verifier of Live Assist gave an answer that is not documented. Please paste this line into an issue: "verifier: ${outline}". It holds no values. ${untried}`,
  ],
} as const satisfies FindingTable;
