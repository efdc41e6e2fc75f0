/**
 * The findings about who a token names: sub, the names and iss.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

const guid = "It must be the GUID of the visitor's Contact in Dynamics";

export const claimFindings = {
  // sub
  'sub-missing': ['error', () => `The token does not say who the visitor is: it has no "sub". ${guid}.`],
  'sub-elsewhere': [
    'error',
    (claim: string) =>
      `The token has no "sub"; a GUID is in ${claim}. If that is the GUID of the visitor's Contact in Dynamics, name the claim "sub" (in .NET: JwtRegisteredClaimNames.Sub, and not ClaimTypes.NameIdentifier).`,
  ],
  'sub-not-text': ['error', (type: string) => `"sub" is ${type} instead of a text. ${guid}, in quotes.`],
  'sub-placeholder': [
    'error',
    () => `"sub" still holds the placeholder of an example. ${guid}, looked up by the site for each visitor.`,
  ],
  'sub-email': [
    'error',
    () => `"sub" is an e-mail address. ${guid}: let the site look the contact up by that address.`,
  ],
  'sub-account-id': [
    'error',
    () =>
      `"sub" is a number or an id of another system, such as a customer's or an account's. ${guid} (column contactid).`,
  ],
  'sub-braces': [
    'error',
    () => '"sub" has braces or brackets around the GUID. Send the bare GUID: 8-4-4-4-12 hexadecimal digits.',
  ],
  'sub-form': [
    'error',
    (what: string) => `"sub" is a GUID ${what}. Send it bare: 8-4-4-4-12 hexadecimal digits with hyphens.`,
  ],
  'sub-zeros': [
    'error',
    () =>
      '"sub" is the empty GUID, all zeros: the look-up found nobody. Answer 403 then, instead of a token.',
  ],
  'sub-not-guid': ['error', () => `"sub" is not a GUID. ${guid}: 8-4-4-4-12 hexadecimal digits.`],

  // Names
  'name-missing': [
    'note',
    (claim: string) =>
      `The token has no "${claim}": the agent sees the name only once the record has opened.`,
  ],
  'name-empty': [
    'warning',
    (claim: string) => `"${claim}" is empty: the agent sees a visitor without it. Fill it from the contact.`,
  ],
  'name-not-text': [
    'error',
    (claim: string, type: string) => `"${claim}" is ${type} instead of a text. Send the contact's name.`,
  ],
  'name-placeholder': [
    'warning',
    (claim: string) => `"${claim}" still holds the placeholder of an example. Fill it from the contact.`,
  ],
  'name-garbled': [
    'warning',
    (claim: string) =>
      `"${claim}" looks garbled (characters taken for another encoding, or HTML escapes). Read it as UTF-8 and sign it unescaped.`,
  ],

  // iss
  'issuer-missing': [
    'error',
    () => `The token has no "iss". Put the site's name there, as entered for JWT Issuer in Live Assist.`,
  ],
  'issuer-not-text': [
    'error',
    (type: string) => `"iss" is ${type} instead of a text. Put the site's name there: www.example.com.`,
  ],
  'issuer-placeholder': [
    'error',
    () =>
      `"iss" is empty or still the placeholder of an example. Put the site's name there: www.example.com.`,
  ],
  'issuer-not-compared': [
    'note',
    (issuer: string) =>
      `The token's "iss" is ${issuer}. If your screen has a JWT Issuer, it must be exactly that, to the last character.`,
  ],
  'issuer-fits': ['note', () => 'The issuer is the one entered in Live Assist, byte for byte.'],
  'issuer-empty': [
    'warning',
    () =>
      "Nothing is entered as JWT Issuer. If your screen has that field, enter the token's issuer there, to the last character.",
  ],
  'issuer-is-other': [
    'error',
    (what: string) =>
      `What is entered as JWT Issuer is ${what}, not an issuer. Enter the token's "iss" there, such as www.example.com.`,
  ],
  'issuer-differs': [
    'error',
    (comparison: string, reason: string) =>
      `The issuers differ: ${reason}.\n${comparison}\nEnter exactly what the token says, or change the site's issuer.`,
  ],
} as const satisfies FindingTable;
