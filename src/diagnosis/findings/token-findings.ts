/**
 * The findings about a token as text: what surrounds it, what was pasted in its place, and its parts.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

const paste = 'Copy the token alone: it begins with eyJ and has two dots.';
const answer =
  'Answer { "token": "..." } with a compact JWT, or the JWT alone: it begins with eyJ and has two dots.';

const ownToken =
  'Live Assist takes only a token that the site itself signs for the visitor. Keep this one on the server.';

export const tokenFindings = {
  // Around the token
  'token-missing': ['error', () => `There is no token. ${paste}`],
  'token-is-address': [
    'error',
    (hasToken: boolean) =>
      hasToken
        ? 'This is an address with a token in it, not the token alone. Addresses end up in logs and histories: hand the token over in the body of an answer.'
        : 'This is an address, not a token. Give the token that is answered there; `npx live-assist-bridge diagnose` followed by the address asks for it.',
  ],
  'token-is-key': [
    'error',
    () => `This is a key or a certificate, not a token. ${paste} The JWT Public Key has a field of its own.`,
  ],
  'token-is-discovery': [
    'error',
    () =>
      `This is an OpenID configuration of an identity server, not a token. ${paste} Live Assist takes only a token that the site itself signs.`,
  ],
  'token-is-nothing': [
    'error',
    (word: string) =>
      `Here is ${word} instead of a token: a missing value, or a whole object, was converted to text. Look at the place where the token is put into the answer.`,
  ],
  'token-shortened': [
    'error',
    () => `The token was shortened for display: it has an ellipsis (...) in it. ${paste}`,
  ],
  'token-encoded-twice': [
    'error',
    () =>
      'This is a token that was encoded in base64 once more. Hand over the token itself: it begins with eyJ.',
  ],
  'token-percent-encoded': [
    'error',
    (example: string) =>
      `The token is percent-encoded, as for an address: ${example}. Hand it over without that encoding.`,
  ],
  'token-is-guid': ['error', () => `This is a GUID, such as the id of a contact, and not a token. ${paste}`],
  'token-decoded': [
    'error',
    () => `These are the decoded claims of a token, not the token: the signature is missing. ${paste}`,
  ],
  'token-json-serialised': [
    'error',
    () =>
      'This is a token in JSON form (RFC 7515, "JSON Serialization"). Live Assist reads the compact form only: header, payload and signature joined by dots.',
  ],
  'token-of-entra': [
    'error',
    (kind: string) => `This is ${kind} of Microsoft Entra ID, not the token of your site. ${ownToken}`,
  ],
  'token-of-identity-server': [
    'error',
    (kind: string, name: string) => `This is ${kind} of ${name}, not the token of your site. ${ownToken}`,
  ],
  'json-text': [
    'note',
    (path: string) =>
      `This is JSON with the token in its field ${path}, as a token endpoint may answer. Live Assist itself must be handed the bare token.`,
  ],
  'bearer-prefix': [
    'error',
    () => 'The word "Bearer" stands before the token. Live Assist takes the bare token: remove the prefix.',
  ],
  'token-quoted': [
    'warning',
    () =>
      'The token is in quotation marks. A token endpoint may answer so, as JSON; Live Assist must be handed the token without them.',
  ],
  'token-quoted-in-answer': [
    'error',
    () => 'The token is in quotation marks inside the answer: it was serialised twice. Do it once.',
  ],
  'text-around-token': [
    'error',
    (isAnswer: boolean, php?: string) =>
      php
        ? `PHP printed a message ("${php}") before the token. Correct its cause, and turn display_errors off: messages belong in the log.`
        : `There is other text around the token. ${isAnswer ? answer : paste}`,
  ],
  'several-tokens': [
    'error',
    (count: number) =>
      `There are ${count} tokens in one text. Give one of them alone, the one that was answered last.`,
  ],
  'token-dashes': [
    'error',
    () =>
      'Hyphens of the token became dashes, as word processors and chat programs make them. Copy it from where it was made.',
  ],
  'token-blanks': [
    'error',
    (count: number, position: number) =>
      `The token has ${count === 1 ? 'a blank, a line break or an invisible character' : `${count} blanks, line breaks or invisible characters`} inside, the first at character ${position}. A token has none: hand it over as one unbroken text.`,
  ],

  // Parts
  'not-a-token': [
    'error',
    (isAnswer: boolean) =>
      isAnswer ? `The answer is not a token. ${answer}` : `This is not a token. ${paste}`,
  ],
  'token-other-kind': [
    'error',
    (what: string) =>
      `This is ${what}, not a JWT. Live Assist reads only a JWT that is signed with RS256: let a JWT library make it.`,
  ],
  'token-is-recording': [
    'error',
    (what: string) =>
      `This is ${what}, not a token. Copy only the token endpoint's response from it. The rest may hold cookies and passwords: do not pass it on.`,
  ],
  'token-is-request': [
    'error',
    () =>
      "This is a request, not its response. In the browser's network panel, choose the request to the token endpoint, then Response, and copy that. Requests hold the visitor's cookies: do not pass them on.",
  ],
  'token-is-message': ['error', (by: string, remedy: string) => `This is a message from ${by}. ${remedy}.`],
  'token-parts': [
    'error',
    (count: number, hint: string) => `A token has three parts joined by dots; this has ${count}. ${hint}`,
  ],
  'token-encrypted': [
    'error',
    () =>
      'This token is encrypted (five parts, JWE). Live Assist reads only signed ones: sign with RS256 and do not encrypt.',
  ],
  'not-base64url': [
    'error',
    (part: string, what: string) =>
      `The token's ${part} ${what}. Tokens are written in base64url without padding (RFC 7515): let a JWT library build it.`,
  ],
  'part-incomplete': [
    'error',
    (part: string, isAnswer: boolean) =>
      `The token's ${part} does not end as encoded text ends: a character was lost, added or changed. ${isAnswer ? 'Return the token exactly as a JWT library makes it.' : 'Copy the token again, whole.'}`,
  ],
  'part-not-json': [
    'error',
    (part: string) =>
      `The token's ${part} is not a JSON object. If the token was not cut or changed on its way, let a JWT library build it.`,
  ],
  'part-not-utf8': [
    'error',
    (part: string) =>
      `The token's ${part} is not in UTF-8, as letters beyond A to Z show. Encode the JSON as UTF-8 before it is signed.`,
  ],
} as const satisfies FindingTable;
