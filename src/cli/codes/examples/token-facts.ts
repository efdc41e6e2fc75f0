/**
 * Example facts for the findings about a token, its signature, its claims and its times.
 *
 * @module
 */
import type { claimFindings } from '../../../diagnosis/findings/claim-findings.js';
import type { signatureFindings } from '../../../diagnosis/findings/signature-findings.js';
import type { timeFindings } from '../../../diagnosis/findings/time-findings.js';
import type { tokenFindings } from '../../../diagnosis/findings/token-findings.js';
import { publicKeyOption } from '../../diagnose/with-option-names.js';
import { differingIssuers } from './differing-issuers.js';
import type { ExampleFacts } from './example-facts.js';

export const tokenFacts: ExampleFacts<typeof tokenFindings> = {
  'token-is-address': [false],
  'token-is-nothing': ['"undefined"'],
  'token-percent-encoded': ['%2E stands for each dot'],
  'token-of-entra': ['an access token'],
  'token-of-identity-server': ['an ID token', 'Auth0'],
  'json-text': ['"token"'],
  'text-around-token': [true],
  'several-tokens': [2],
  'token-blanks': [1, 120],
  'not-a-token': [true],
  'token-other-kind': ['a PASETO token'],
  'token-is-recording': ['a HAR file'],
  'token-is-message': ['the bridge', '`npx live-assist-bridge diagnose signed-out` explains it'],
  'token-parts': [2, 'Copy the token again, whole.'],
  'not-base64url': ['payload', 'is padded with ='],
  'part-incomplete': ['payload', true],
  'part-not-json': ['payload'],
  'part-not-utf8': ['payload'],
};

export const signatureFacts: ExampleFacts<typeof signatureFindings> = {
  'algorithm-shared-secret': ['"HS256"'],
  algorithm: ['"ES256"'],
  'algorithm-not-text': ['a number'],
  'embedded-key': ['"jwk"'],
  'signature-missing': [true],
  'signature-not-checked': [publicKeyOption],
  'signature-length': [32, 256],
  'signature-encoded': ['in hexadecimal', 256, true],
  'other-hash': ['SHA-512'],
  'other-padding': [32],
  'other-text-signed': ['the token with a line break at its end'],
};

export const claimFacts: ExampleFacts<typeof claimFindings> = {
  'sub-elsewhere': ['"nameid"'],
  'sub-not-text': ['an object'],
  'sub-form': ['without its hyphens'],
  'name-missing': ['given_name'],
  'name-empty': ['given_name'],
  'name-not-text': ['given_name', 'a number'],
  'name-placeholder': ['given_name'],
  'name-garbled': ['given_name'],
  'issuer-not-text': ['a number'],
  'issuer-not-compared': ['"www.example.com"'],
  'issuer-is-other': ['a key'],
  'issuer-differs': differingIssuers,
};

export const timeFacts: ExampleFacts<typeof timeFindings> = {
  'time-missing': ['exp'],
  'time-text': ['exp', true],
  'time-not-a-number': ['exp', 'an object'],
  'time-milliseconds': ['exp', 'milliseconds', 1000, 'in the year 58000'],
  'time-of-another-clock': ['exp', "100-nanosecond ticks of .NET's DateTime"],
  'time-is-duration': ['exp', 7200],
  'seven-second-sample': ['7 seconds'],
  'short-life': ['30 seconds'],
  'long-life': ['30 days', ''],
  expired: ['10 minutes', '2026-12-01 12:00:00 UTC'],
  'expired-since': ['10 minutes', '2026-12-01 12:00:00 UTC'],
  'expired-on-arrival': ['10 minutes', ''],
  'old-on-arrival': ['20 minutes', ''],
  'clock-ahead': ['2 minutes'],
  'issued-in-future': ['1 hour', ''],
  'not-yet-valid': ['10 minutes'],
  'valid-until': ['2 hours', '2026-12-01 14:00:00 UTC'],
};
