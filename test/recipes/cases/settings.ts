/**
 * Invalid settings.
 *
 * @module
 */
import { missingKey, says } from './key-files.js';
import { failed, type Outcome } from './outcome.js';

const file = 'LIVE_ASSIST_PRIVATE_KEY_FILE';
const notAnAddress = (name: string) =>
  failed(
    new RegExp(
      `: ${name} is not written like its example\\. Does it begin with https://, and is nothing like <tenant id> left in it\\?`,
    ),
  );

/** Invalid settings. */
export const settings: [name: string, changes: Record<string, string>, outcome: Outcome][] = [
  ['no key file', { [file]: '/nowhere/private_key.pem' }, { status: 500, log: missingKey as RegExp }],
  ['a folder in place of the key file', { [file]: '/' }, { status: 500, log: missingKey as RegExp }],
  ['no name of a key file', { [file]: '' }, says('is not set\\. \\S')],
  ['no issuer', { LIVE_ASSIST_ISSUER: '' }, failed(/: LIVE_ASSIST_ISSUER is not set\. \S/)],
  ['no client secret', { DYNAMICS_CLIENT_SECRET: '' }, failed(/: DYNAMICS_CLIENT_SECRET is not set\. \S/)],
  ['a CRM without https://', { DYNAMICS_URL: 'contoso.crm4.dynamics.com' }, notAnAddress('DYNAMICS_URL')],
  [
    'a CRM that everybody between can read',
    { DYNAMICS_URL: 'http://contoso.crm4.dynamics.com' },
    notAnAddress('DYNAMICS_URL'),
  ],
  [
    'a CRM that only looks like this machine',
    { DYNAMICS_URL: 'http://127.0.0.1:80@evil.example' },
    notAnAddress('DYNAMICS_URL'),
  ],
  [
    "a CRM's page",
    { DYNAMICS_URL: 'https://contoso.crm4.dynamics.com/main.aspx?appid=1' },
    notAnAddress('DYNAMICS_URL'),
  ],
  [
    'a line break after the CRM',
    { DYNAMICS_URL: 'https://contoso.crm4.dynamics.com\n' },
    notAnAddress('DYNAMICS_URL'),
  ],
  [
    'a tenant that is not filled in',
    { DYNAMICS_TOKEN_URL: 'https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token' },
    notAnAddress('DYNAMICS_TOKEN_URL'),
  ],
];
