/**
 * Example facts for the findings about an account of Live Assist and about its verifier.
 *
 * @module
 */
import { accountAddress } from '../../../diagnosis/account/account-paths.js';
import { vendorCodes } from '../../../diagnosis/codes/vendor-codes.js';
import type { accountFindings } from '../../../diagnosis/findings/account-findings.js';
import type { accountReadingFindings } from '../../../diagnosis/findings/account-reading-findings.js';
import type { verifierFindings } from '../../../diagnosis/findings/verifier-findings.js';
import { differingIssuers } from './differing-issuers.js';
import type { ExampleFacts } from './example-facts.js';

const providers = '  "Website"  JWT Issuer "www.example.com", JS Method Name "authoriseChatWithCallback"';

export const accountReadingFacts: ExampleFacts<typeof accountReadingFindings> = {
  'account-unreachable': ['nothing listens there (ECONNREFUSED)', accountAddress('12345678')],
  'account-silent': [8000],
  'account-redirected': [' to "https://proxy.example.com/"'],
  'account-status': [404],
  'account-unexpected': ['text that is not JSON'],
  'account-fields': ['type'],
  'account-not-published': ['JWT Issuer'],
  'account-provider': ['"Website"', 'issuer'],
  'account-no-provider': [
    'the JWT Issuer "shop.example.com" or the JS Method Name "authoriseChatWithCallback"',
    providers,
  ],
  'account-several-providers': ['"authoriseChatWithCallback"', '', providers],
  'account-not-compared': ['JWT Public Key'],
};

export const accountFacts: ExampleFacts<typeof accountFindings> = {
  'account-type': ['code flow'],
  'account-jwks': ['the address "https://www.example.com/jwks.json"'],
  'account-validation': ['"OTHER"'],
  'account-key-example': ['This key is an example from the README of a library.'],
  'account-key-unreadable': ['This is not a public key.'],
  'account-key-small': [1024],
  'account-key-differs': ['1a2b3c4d', '5e6f7a8b', undefined],
  'account-key-given': ['1a2b3c4d', '5e6f7a8b', undefined],
  'account-key-signature': ['1a2b3c4d'],
  'account-signature': ['The signed value is not a SHA-256 hash.'],
  'account-issuer': differingIssuers,
  'account-issuer-blank': ['"www.example.com"'],
  'account-method': ['"authorise"', '"authoriseChatWithCallback"'],
  'account-method-blank': ['"authoriseChatWithCallback"'],
  'account-context': ['"app"'],
  'account-endpoint': ['"https://www.example.com/live-assist/token"'],
};

const refused = vendorCodes['1012'];
const failed = vendorCodes['9001'];

export const verifierFacts: ExampleFacts<typeof verifierFindings> = {
  'verifier-refuses': ['1012', refused.why, refused.do],
  'verifier-refuses-unknown': ['9999'],
  'verifier-not-asked': ['no readable token was given'],
  'verifier-failed': ['9001', failed.why, failed.do],
  'verifier-silent': ['it answered 503'],
  'verifier-unexpected': ['200, text that is not JSON'],
};
