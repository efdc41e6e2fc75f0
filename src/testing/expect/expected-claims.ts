/**
 * What a test expects a token to say, and what it means that the token says something else.
 *
 * @module
 */

import type { Claims } from '../../contract/claims.js';
import { parseGuid } from '../../contract/guid.js';
import { refusalSteps } from '../../diagnosis/refusal-step.js';

/** Claims by name; each an equal value or an asymmetric matcher. */
export type ExpectedClaims = { [Claim in keyof Claims]?: unknown };

const standard = ['sub', 'iss', 'iat', 'exp', 'given_name', 'family_name'];

const plain = (name: string) => name.toLowerCase().replace(/[\W_]/g, '');

/**
 * A GUID stands for the claim `sub`; `given` is what the token says, and `isNot` that another one is expected.
 *
 * @throws TypeError for a mistake of the test, which must not read like one of the site, nor pass with `.not`.
 */
export function readExpected(
  expected: string | ExpectedClaims | undefined,
  given: Partial<Claims>,
  isNot: boolean,
): ExpectedClaims {
  const claims: ExpectedClaims = typeof expected === 'string' ? { sub: expected } : (expected ?? {});
  if (Object.keys(claims).length === 0)
    throw new TypeError('toBeAuthenticatedAs() was not told as whom. Name the GUID of a contact, or claims.');
  if (typeof claims.sub === 'string' && parseGuid(claims.sub) === undefined)
    throw new TypeError(
      `toBeAuthenticatedAs() was given ${JSON.stringify(claims.sub.slice(0, 60))}, which is no GUID of a contact (8-4-4-4-12 hexadecimal digits). Give the GUID, or claims: { given_name: 'Maya' }.`,
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

/** Why a page hands over once more what it has handed over before. */
export const keptToken =
  'The page handed over the same token as before in this test: it keeps it. Does it call forgetToken(), or change data-visitor, when the visitor changes?';

/** Lines on the claims that are not as expected: which step made them, and what they are. */
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
