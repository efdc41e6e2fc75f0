/**
 * Turns the classification of an answer into a token or an error.
 *
 * @module
 */
import { readAnswer } from '../../contract/read-answer.js';
import { readToken } from '../../contract/read-token.js';
import { BridgeError, toBridgeError } from '../errors.js';

/**
 * Returns the token in the body of an answer.
 *
 * @throws BridgeError `signed-out`, `no-contact` or `forbidden` if the answer says so; `not-a-token` with the name of the
 * defect and at most the names of properties, never a value.
 */
export function tokenInAnswer(body: string, tokenField: string): string {
  const { word, token, names = [] } = readAnswer(body, tokenField);
  if (token) return token;
  if (word === 'foreign-origin') throw new BridgeError('forbidden');
  if (word === 'signed-out' || word === 'no-contact') throw new BridgeError(word);
  if (word === 'endpoint-failed')
    throw new BridgeError(word, undefined, 'The answer reports errors. Check the log of the token endpoint.');
  // Reading even a valid token fails: the page has replaced a browser function, and the answer may be right.
  if (!readToken('e30.e30.AA')) throw toBridgeError(undefined);
  const shown = names.filter((name) => /^[\w-]{1,30}$/.test(name)).slice(0, 9);
  const inField = `has no text in ${tokenField}${shown.length ? `, only ${shown}` : ''}. Set tokenField (data-token-field)`;
  const facts: Record<string, string> = {
    'empty-answer': 'is empty. Send the token, or 401 when nobody is signed in',
    'html-page': 'is an HTML page. Check the address, and send 401 instead of a sign-in page',
    'bearer-prefix': 'begins with Bearer. Send the token alone',
    'token-field-missing': inField,
    'token-not-text': inField,
    'not-a-token': 'is not a JWT. Send three base64url parts, signed with RS256',
  };
  throw new BridgeError(
    'not-a-token',
    undefined,
    `The answer ${facts[word] ?? `is not a JWT: ${word}. Send the token alone`}.`,
  );
}

/** Returns the reason that the endpoint states in the body of a 403. */
export function forbiddenCode(body: string): 'signed-out' | 'no-contact' | 'forbidden' {
  const { word } = readAnswer(body, '');
  return word === 'signed-out' || word === 'no-contact' ? word : 'forbidden';
}
