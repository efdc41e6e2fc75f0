/**
 * The findings about a token as text: surrounding text, parts, header and signature.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

const paste = 'Copy the token alone: it begins with eyJ and has two dots.';
const answer =
  'Answer { "token": "..." } with a compact JWT, or the JWT alone: it begins with eyJ and has two dots.';

/** Signatures of other algorithms, by length in bytes. */
const byOther: Readonly<Record<number, string>> = {
  32: 'a signature by a shared secret (HS256)',
  64: 'a signature by an elliptic-curve key (ES256) or a shared secret (HS512)',
  70: 'a signature by an elliptic-curve key',
  71: 'a signature by an elliptic-curve key',
  72: 'a signature by an elliptic-curve key',
};

export const tokenFindings = {
  // Around the token
  'token-missing': ['error', () => `There is no token. ${paste}`],
  'token-is-address': [
    'error',
    (hasToken: boolean) =>
      hasToken
        ? 'This is an address with a token in it, not the token alone. Addresses end up in logs and histories: hand the token over in the body of an answer.'
        : 'This is an address, not a token. Give the token that is answered there; `live-assist-bridge diagnose` followed by the address asks for it.',
  ],
  'token-is-key': [
    'error',
    () => `This is a key or a certificate, not a token. ${paste} The JWT Public Key has a field of its own.`,
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
    () =>
      'The token is percent-encoded, as for an address: %2E stands for each dot. Hand it over without that encoding.',
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
    () =>
      'This is an access token of Microsoft Entra ID, not the token of your site. Live Assist takes only a token that the site itself signs for the visitor. Keep the access token on the server.',
  ],
  'other-text-signed': [
    'error',
    (what: string) =>
      `The pasted key is the right one, but the site signed another text: ${what}. Sign header and payload as they stand in the token, with the dot between them and nothing behind them.`,
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
    (isAnswer: boolean) => `There is other text around the token. ${isAnswer ? answer : paste}`,
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
      `This is ${what}, not a token. Copy the response of the token endpoint from it, alone. The rest may hold cookies and passwords: do not pass it on.`,
  ],
  'token-is-request': [
    'error',
    () =>
      "This is a request, not its response. In the browser's network panel, choose the request to the token endpoint, then Response, and copy that. Requests hold the visitor's cookies: do not pass them on.",
  ],
  'token-is-message': ['error', (by: string, remedy: string) => `This is a message of ${by}. ${remedy}.`],
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
      `The token's ${part} does not end as encoded text ends: a character was lost, added or changed. ${isAnswer ? 'Answer the token as a JWT library makes it.' : 'Copy the token again, whole.'}`,
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

  // Header
  'algorithm-none': [
    'error',
    () =>
      'The token is not signed (its alg is "none"): anybody could have written it. Sign with RS256 and the private key.',
  ],
  'algorithm-shared-secret': [
    'error',
    (alg: string) =>
      `The token is signed with a shared secret (${alg}). Live Assist supports only RS256: sign with the private key of the pair.`,
  ],
  algorithm: [
    'error',
    (alg: string) =>
      `The token's alg is ${alg}. Live Assist supports only RS256, spelt so: set the algorithm where the site signs.`,
  ],
  'algorithm-not-text': [
    'error',
    (type: string) =>
      `The token's alg is ${type} instead of a text. It must be "RS256": let a JWT library build it.`,
  ],
  'algorithm-missing': [
    'error',
    () => `The token's header names no alg. It must be { "alg": "RS256" }: let a JWT library build it.`,
  ],
  'embedded-key': [
    'warning',
    (names: string) =>
      `The token's header brings a key of its own (${names}). It proves nothing, because a forger can send a key as well. The signature was checked with the pasted key only. Leave it out.`,
  ],
  'critical-header': [
    'error',
    () =>
      `The token's header has "crit": extensions that a verifier must know or refuse the token (RFC 7515). Leave it out.`,
  ],

  // Signature
  'signature-missing': [
    'error',
    (isAnswer: boolean) =>
      `The token has no signature: it ends with the second dot. ${isAnswer ? 'Sign' : 'Copy it whole, or sign'} it with RS256.`,
  ],
  'signature-not-checked': [
    'note',
    () => 'The signature was not checked. Give the text pasted as JWT Public Key in Live Assist.',
  ],
  'signature-not-checkable': [
    'warning',
    () =>
      'The signature was not checked, because cryptography is not available here. A browser offers it only to pages opened from the disk or over https. The command line always has it.',
  ],
  'signature-fits': ['note', () => 'The signature fits the pasted key.'],
  'signature-fits-repaired-key': [
    'note',
    () => 'The key itself is the right one: with its text put right, the signature fits.',
  ],
  'signature-length': [
    'error',
    (actual: number, expected: number | undefined) => {
      if (expected === undefined)
        return `The signature has ${actual} bytes, which fits no RSA key: something was appended to the token, or a part is missing. (WordPress appends 0 to admin-ajax.php unless the action ends with wp_die().) Answer the token alone.`;
      return `The signature is ${actual} bytes long, with this key it would be ${expected}. ${
        actual % 64 === 0 && actual >= 128
          ? 'Another key signed it: paste the public key of the pair the site signs with.'
          : byOther[actual]
            ? `A guess: it is ${byOther[actual]}, or the token was cut. Sign with RS256 and the private RSA key, and copy the token whole.`
            : actual === expected + 1
              ? 'A character was appended to the token: WordPress appends 0 to admin-ajax.php unless the action ends with wp_die().'
              : 'The token was cut, padded or changed: copy it whole.'
      }`;
    },
  ],
  'signature-encoded': [
    'error',
    (form: string, expected: number, isRight: boolean) =>
      `${isRight ? 'The pasted key is the right one, but the signature' : 'The signature'} is written ${form}. Encode its ${expected} raw bytes in base64url, once.`,
  ],
  'hashed-twice': [
    'error',
    () =>
      'The pasted key is the right one, but the site signed a hash of the token, which was hashed once more. Hand the text of header and payload to what signs, or tell it that it gets a digest.',
  ],
  'payload-alone': [
    'error',
    () =>
      'The pasted key is the right one, but the site signed the payload alone. Sign header and payload as they stand in the token, with the dot between them (RFC 7515).',
  ],
  'digest-alone': [
    'error',
    () =>
      'The pasted key is the right one, but the site encrypted the bare hash. RS256 wraps it in a DigestInfo (RFC 8017): use what signs with SHA-256 (openssl_sign in PHP) in place of what encrypts with the private key.',
  ],
  'signed-otherwise': [
    'error',
    () =>
      'The pasted key is the right one, but the signed value is not a SHA-256 hash. Sign with RS256: RSASSA-PKCS1-v1_5 with SHA-256.',
  ],
  'other-pair': [
    'error',
    () =>
      'The signature does not fit the pasted key: the token was signed with the private key of another pair (production against staging, an older pair), or a character of the key or the signature was changed. Paste the public key of the pair the site signs with.',
  ],
  'token-altered': [
    'error',
    () =>
      'The pasted key is the right one, but it signed another text than the header and the payload of this token. Copy the token again. If it stays so, the site signs something else, or something between server and browser rewrites the token.',
  ],
  'other-hash': [
    'error',
    (hash: string) =>
      `The pasted key is the right one, but the site signed with ${hash} instead of SHA-256, whatever the header says. Sign with RS256.`,
  ],
  'other-padding': [
    'error',
    (salt: number) =>
      `The pasted key is the right one, but the site signed with RSA-PSS (as PS256 does, with a salt of ${salt} bytes), whatever the header says. Sign with RS256: RSASSA-PKCS1-v1_5 with SHA-256.`,
  ],
} as const satisfies FindingTable;
