/**
 * The codes with which Live Assist refuses a token, from LivePerson's public documentation.
 *
 * @module
 */
import type { CodeExplanation } from './code-explanation.js';

const paste =
  'Paste the JWT Public Key again: `npx live-assist-bridge config public_key.pem --issuer NAME` prints it. Make sure that the site signs with the private key of that pair.';
const compact = 'Call back with the compact JWT alone: three parts joined by dots, signed with RS256.';
const later = 'Try again later. If the code comes again, ask Live Assist support.';
const selfMade =
  'There is nothing to change on the site: a visitor without a token uses neither your keys nor this package.';

/** Codes that a token for an implicit identity provider can cause also have a remedy. */
export const vendorCodes = {
  '10': {
    why: 'Chat refused the token, with HTTP 401 and internalCode 10. The code does not say why.',
    do: 'Run `npx live-assist-bridge diagnose` on the token, with the text pasted as JWT Public Key. Look at the key, the issuer and the times first.',
  },
  '9000': { why: 'The default code: LivePerson names no reason.', do: later },
  '9001': { why: "An error of LivePerson's server.", do: later },
  '9007': {
    why: "The customer JWT is not valid. This is the site's own token. Usually its signature does not match the JWT Public Key: the key is from another pair, or was pasted incompletely. In messaging, the HTTP status is 500.",
    do: paste,
  },
  '9008': { why: "LivePerson's own JWT is not valid. It is not the site's token.", do: later },
  '9009': {
    why: "An error of a LivePerson service named esapi. The site's token is not the cause.",
    do: later,
  },
  '9010': { why: 'A LivePerson service did not answer in time.', do: later },
  '9011': {
    why: 'The customer authentication failed. This concerns the code flow only, in which LivePerson asks the site for the token.',
    do: 'Set the type to `oAuth 2.0 authentication` (newer screens: `Implicit`).',
  },
  '9012': {
    why: 'The input is not valid: the request has no token, or has it in another field than expected.',
    do: compact,
  },
  '9013': { why: 'The authentication did not finish in time.', do: later },
  '9014': { why: "LivePerson's documentation lists this code. What it means is not known here.", do: later },
  '9015': {
    why: 'The type of authentication is not supported.',
    do: 'Set the type to `oAuth 2.0 authentication` (newer screens: `Implicit`).',
  },
  '1001': {
    why: 'The token cannot be parsed: one of its parts is not the base64url of JSON.',
    do: compact,
  },
  '1003': {
    why: 'No such algorithm: the header of the token names an algorithm other than RS256.',
    do: 'Sign with RS256. Live Assist supports no other algorithm.',
  },
  '1004': {
    why: 'The token is a JWE, an encrypted token, or it could not be decrypted.',
    do: 'Send a token that is signed and not encrypted. Turn off encryption in the library that makes the token.',
  },
  '1005': {
    why: 'The key specification is not valid: the JWT Public Key is not a key that can be read.',
    do: paste,
  },
  '1006': { why: "LivePerson's documentation lists this code. What it means is not known here.", do: later },
  '1008': {
    why: 'The text is not in the format of a JWT. The page handed over something else, for example JSON or an HTML page.',
    do: compact,
  },
  '1009': { why: "LivePerson's documentation lists this code. What it means is not known here.", do: later },
  '1011': {
    why: 'The claim set is missing: the token has no claims.',
    do: 'Sign a token with `sub`, `iss`, `iat` and `exp`. An empty payload does not say who the visitor is.',
  },
  '1012': {
    why: 'The token has expired.',
    do: "Sign a new token for every request, do not cache tokens, and check the server's clock. Times are in seconds.",
  },
  '1023': {
    why: 'The identity provider (connector) could not be fetched from the account.',
    do: later,
  },
  '1024': {
    why: 'The identity provider (connector) was not found: it was deleted, or the account has none with this id or issuer.',
    do: 'Run `npx live-assist-bridge diagnose --account N`. Compare the JWT Issuer with the `iss` of the token.',
  },
  '1025': {
    why: 'The identity provider (connector) has the wrong type.',
    do: 'Set the type to `oAuth 2.0 authentication` (newer screens: `Implicit`).',
  },
  '1028': {
    why: 'The JWT Public Key is not valid: a character is missing, or its header or line breaks are left in.',
    do: paste,
  },
  '1038': {
    why: 'The JWK cannot be parsed. The identity provider reads its keys from a JWKS address.',
    do: 'Choose a public key instead of JWKS, or correct the JSON at that address.',
  },
  '1041': {
    why: "The token's `kid` was not found at the JWKS address.",
    do: 'Choose a public key instead of JWKS, or publish the key under that `kid`.',
  },
  '1042': {
    why: 'The JWKS address has several keys, and the token has no `kid`.',
    do: 'Choose a public key instead of JWKS, or write the `kid` into the header of the token.',
  },
  '1049': {
    why: 'The token is on a list of tokens that LivePerson refuses.',
    do: 'Sign a new token for every request. If new tokens are refused too, ask Live Assist support.',
  },
  '2001': { why: 'This code concerns visitors without a token (anonymous authentication).', do: selfMade },
  '2002': { why: 'This code concerns visitors without a token (anonymous authentication).', do: selfMade },
  '2003': { why: 'This code concerns visitors without a token (anonymous authentication).', do: selfMade },
  '2004': { why: 'This code concerns visitors without a token (anonymous authentication).', do: selfMade },
  '2005': { why: 'This code concerns visitors without a token (anonymous authentication).', do: selfMade },
  '2006': { why: 'This code concerns visitors without a token (anonymous authentication).', do: selfMade },
  '2007': { why: 'This code concerns visitors without a token (anonymous authentication).', do: selfMade },
} as const satisfies Record<string, CodeExplanation>;

/** Every code that LivePerson's documentation lists. */
export type VendorCode = keyof typeof vendorCodes;

/** Codes about the service, or about visitors without a token. They say nothing about the site's token. */
const ofService: readonly string[] = [
  ...['9000', '9001', '9008', '9009', '9010', '9013', '9014', '1023'],
  ...['2001', '2002', '2003', '2004', '2005', '2006', '2007'],
];

/** Whether the code says nothing about the site's token. */
export const isOfService = (code: unknown): boolean => ofService.includes(String(code));

/** Returns the explanation of a code from a vendor's answer, or `undefined`. */
export function vendorCode(code: unknown): CodeExplanation | undefined {
  const text = String(code);
  return Object.hasOwn(vendorCodes, text) ? vendorCodes[text as VendorCode] : undefined;
}
