/**
 * The options of `diagnose`, and which of them go together.
 *
 * @module
 */
import { isOrigin } from '../../contract/origins.js';
import { accountOptions } from '../input/account-options.js';
import { UsageError } from '../usage-error.js';

export const forUrls = {
  header: { type: 'string', multiple: true },
  'other-header': { type: 'string', multiple: true },
  'http-method': { type: 'string' },
  origin: { type: 'string' },
  timeout: { type: 'string' },
} as const;

export const options = {
  ...forUrls,
  ...accountOptions,
  save: { type: 'string' },
  'ask-live-assist': { type: 'boolean' },
  'public-key': { type: 'string' },
  issuer: { type: 'string' },
  'method-name': { type: 'string' },
  'token-field': { type: 'string' },
  dynamics: { type: 'string' },
  'access-token': { type: 'string' },
  page: { type: 'string' },
  decode: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** How the usage names what is examined. */
export const operand = 'FILE|URL|-';

/**
 * Options that replace the operand. Those after `account` need --account. They are listed here so that the message
 * names that missing option, not the operand.
 */
export const insteadOfOperand: (keyof typeof options)[] = [
  ...(['page', 'account'] as const),
  ...(['account-url', 'save', 'ask-live-assist'] as const),
];

const besidePage = ['page', 'header', 'json', ...Object.keys(accountOptions), 'save'];
const withAccount = ['method-name', 'issuer', 'timeout'];

/** Refuses options that have no effect on a page. */
export function refuseBesidePage(subject: string, values: Record<string, unknown>): void {
  if (subject)
    throw new UsageError('--page examines a page instead of a file or an endpoint. Give one of them.');
  const name = Object.keys(options).find(
    (name) => name in values && !besidePage.includes(name) && !(values.account && withAccount.includes(name)),
  );
  if (name) throw new UsageError(`--${name} does not go with --page. Leave it out.`);
}

export function requireUrl(text: string, what: 'a token endpoint' | 'a page'): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(
      `That is not the address of ${what}. Write it with https://, as ${what === 'a page' ? 'the browser shows it' : 'the page requests it'}.`,
    );
  if (url.username || url.password)
    throw new UsageError('The address holds a user name or password. Send them with --header @FILE instead.');
  return text;
}

export function requireOrigin(text: string): string {
  if (isOrigin(text)) return text;
  throw new UsageError(
    '--origin is not an origin. Write it as browsers do, like https://www.example.com, without a slash at the end.',
  );
}

export function requireHttpMethod(text = 'GET'): string {
  if (/^(get|post)$/i.test(text)) return text.toUpperCase();
  throw new UsageError('--http-method is GET or POST, as in the bridge.');
}

export function refuseOptionsForUrls(
  values: Partial<Record<keyof typeof forUrls, unknown>>,
  hasAccount: boolean,
): void {
  const name = Object.keys(forUrls).find((name) => name in values && !(hasAccount && name === 'timeout'));
  if (name)
    throw new UsageError(
      `--${name} is for asking a URL. Leave it out, or give the address of the token endpoint.`,
    );
}
