/**
 * Reads the claims that a test expects, and explains claims that differ.
 *
 * @module
 */

import type { Claims } from '../../contract/claims.js';
import { parseGuid } from '../../contract/guid.js';
import { refusalSteps } from '../../diagnosis/refusal-step.js';

/** Expected claims by name. Each is an equal value or an asymmetric matcher. */
export type ExpectedClaims = { [Claim in keyof Claims]?: unknown };

const standard = ['sub', 'iss', 'iat', 'exp', 'given_name', 'family_name'];

const plain = (name: string) => name.toLowerCase().replace(/[\W_]/g, '');

/**
 * Returns the expected claims. A GUID alone means the claim `sub`. `given` is the token's payload; `isNot` is set for
 * `.not`.
 *
 * @throws TypeError for a mistake in the test. It must not look like a fault of the site, and must not pass with
 * `.not`.
 */
export function readExpected(
  expected: string | ExpectedClaims | undefined,
  given: Partial<Claims>,
  isNot: boolean,
): ExpectedClaims {
  const claims: ExpectedClaims = typeof expected === 'string' ? { sub: expected } : (expected ?? {});
  if (Object.keys(claims).length === 0)
    throw new TypeError(
      'toBeAuthenticatedAs() was given no expectation. Give the GUID of a contact, or claims.',
    );
  if (typeof claims.sub === 'string' && parseGuid(claims.sub) === undefined)
    throw new TypeError(
      `toBeAuthenticatedAs() was given ${JSON.stringify(claims.sub.slice(0, 60))}, which is not the GUID of a contact (8-4-4-4-12 hexadecimal digits). Give the GUID, or claims: { given_name: 'Maya' }.`,
    );
  for (const [name, value] of Object.entries(claims)) {
    if (value === undefined)
      throw new TypeError(
        `toBeAuthenticatedAs() was given undefined for "${name}". Give the value to expect.`,
      );
    const meant = standard.find((other) => other !== name && plain(other) === plain(name));
    if (meant && !(name in given))
      throw new TypeError(`The token has no claim "${name}". Did you mean "${meant}"?`);
    const names = Object.keys(given);
    if (isNot && names.length > 0 && !(name in given) && !standard.includes(name))
      throw new TypeError(
        `The token has no claim "${name}", so this would pass whoever the visitor is. It has ${names.join(', ')}.`,
      );
  }
  return claims;
}

/** Explains why a page hands over a token that it has already handed over. */
export const keptToken =
  'The page handed over the same token as before in this test: it keeps it. Does it call forgetToken(), or change data-visitor, when the visitor changes?';

/** Returns lines about the claims that differ: the step that produced them, and their values. */
export function explainClaims(
  claims: Partial<Claims>,
  different: [string, unknown][],
  isRepeated = false,
): string[] {
  const isOther = different.some(([name]) => name === 'sub');
  const step = isRepeated ? 4 : isOther ? 2 : 3;
  return [
    `Step ${step} of 8 failed: ${refusalSteps[step - 1]}.`,
    ...(isRepeated
      ? [keptToken]
      : isOther
        ? ['The site found another contact, or signed the token of another visitor.']
        : []),
    ...different.map(([name]) =>
      name in claims
        ? `The claim "${name}" is ${JSON.stringify(claims[name])}.`
        : `The token has no claim "${name}". It has ${Object.keys(claims).join(', ')}.`,
    ),
  ];
}
