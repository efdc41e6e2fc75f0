/**
 * The findings about reading the published settings of an account, and choosing one of its identity providers.
 *
 * @module
 */
import { untried } from './account-findings.js';
import type { FindingTable } from './finding.js';

export const accountReadingFindings = {
  'account-unreachable': [
    'warning',
    (reason: string, address: string) =>
      `The settings of the account were not read, because their address cannot be reached: ${reason}. Check whether this machine may connect to it, or open ${address} in a browser. ${untried}`,
  ],
  'account-silent': [
    'warning',
    (limit: number) =>
      `The settings of the account were not read, because their address did not answer completely within ${limit} ms. Try again, or give more time with --timeout. ${untried}`,
  ],
  'account-redirected': [
    'warning',
    (to: string) =>
      `The settings of the account were not read, because their address redirects${to}. Redirects are not followed. If a proxy stands in between, give its address with --account-url. ${untried}`,
  ],
  'account-status': [
    'warning',
    (status: number) =>
      `The settings of the account were not read, because their address answered ${status}. ${
        status === 404 || status === 400
          ? 'Is the account number right?'
          : status === 401 || status === 403
            ? 'This account does not publish them without credentials.'
            : 'Try again later.'
      } ${untried}`,
  ],
  'account-too-large': [
    'warning',
    () =>
      `The settings of the account were not read, because the answer is larger than 1 MB. Is the address right? ${untried}`,
  ],
  'account-blank': [
    'warning',
    () =>
      `The settings of the account were not read, because the answer is empty. Is the account number right? ${untried}`,
  ],
  'account-html': [
    'warning',
    () =>
      `The settings of the account were not read, because the answer is an HTML page instead of JSON. Is the address right, or does a proxy answer? ${untried}`,
  ],
  'account-unexpected': [
    'warning',
    (outline: string) =>
      `The answer is not the documented list of identity providers. Please paste this line into an issue: "account settings: ${outline}". It holds no values. ${untried}`,
  ],
  'account-empty': [
    'warning',
    () =>
      `The account publishes no identity provider. Is the account number right, and is authentication configured? ${untried}`,
  ],
  'account-fields': [
    'warning',
    (fields: string) =>
      `Some settings of the account have an unexpected type and were not compared. Please paste this line into an issue: "account settings: ${fields}". It holds no values. ${untried}`,
  ],
  'account-not-published': [
    'note',
    (fields: string) => `The account does not publish these settings, so they were not compared: ${fields}.`,
  ],
  'account-provider': [
    'note',
    (name: string, by: 'issuer' | 'similar issuer' | 'method name' | 'only') =>
      `The settings are those of the identity provider ${name}, ${by === 'only' ? 'the only one of the account' : `found by its ${by}`}.`,
  ],
  'account-no-provider': [
    'warning',
    (wanted: string, list: string) =>
      `No identity provider of the account has ${wanted}. The account has:\n${list}\nCompare these with the "iss" of the token and with the method on the page. ${untried}`,
  ],
  'account-several-providers': [
    'warning',
    (method: string, issuer: string, list: string, withIssuer = 0) =>
      withIssuer > 1
        ? `Several identity providers of the account have the JWT Issuer ${issuer}, and it is not clear which one is meant. The account has:\n${list}\nDelete those that are not used. ${untried}`
        : `Several identity providers of the account have the JS Method Name ${method}, ${issuer ? `but none has the JWT Issuer ${issuer}` : 'and no issuer was given to tell them apart'}. The account has:\n${list}\n${issuer ? 'Compare these with the "iss" of the token.' : 'Give a token, or --issuer.'} ${untried}`,
  ],
  'account-fits': [
    'note',
    () => `Every setting of the account that could be compared is as the site needs it. ${untried}`,
  ],
  'account-not-compared': [
    'note',
    (fields: string) =>
      `These settings were not compared, because nothing was given to compare them with: ${fields}. Give a token of the site, or the text of these settings.`,
  ],
  'account-key-not-compared': [
    'note',
    () =>
      'The JWT Public Key of the account was not compared with the given key, because the given key cannot be used.',
  ],
} as const satisfies FindingTable;
