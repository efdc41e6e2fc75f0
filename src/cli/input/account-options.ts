/**
 * Reads the options that concern the account of Live Assist.
 *
 * @module
 */
import { isAccountNumber } from '../../diagnosis/account/account-paths.js';
import type { AccountOptions } from '../probe/read-account-settings.js';
import { UsageError } from '../usage-error.js';

/** For `parseOptions`. */
export const accountOptions = {
  account: { type: 'string' },
  'account-url': { type: 'string' },
} as const;

interface Given {
  account?: string;
  'account-url'?: string;
}

/** `undefined` without `--account`. @throws UsageError */
export function readAccountOptions(
  values: Given,
  env: Record<string, string | undefined>,
  timeout: number,
): AccountOptions | undefined {
  const { account, 'account-url': url } = values;
  if (account === undefined) {
    if (url !== undefined) throw needsAccount('account-url');
    return undefined;
  }
  if (!isAccountNumber(account))
    throw new UsageError(
      "--account takes the number of the Live Assist account: 4 to 12 digits, as the vendor's script on the page names it.",
    );
  return { account, accountUrl: url && requireAccountUrl(url), timeout, env };
}

/** Returns the error for an option that needs `--account`. */
export const needsAccount = (option: string): UsageError =>
  new UsageError(`--${option} is for an account of Live Assist. Give its number as well: --account N.`);

/** @throws UsageError for an option that needs an account or a token. */
export function refuseWithoutAccount(
  values: Partial<Record<string, unknown>>,
  subject: string | undefined,
  account: AccountOptions | undefined,
): void {
  const lost = ['save', 'ask-live-assist', 'method-name'].find((name) => name in values);
  if (!account && lost) throw needsAccount(lost);
  if (values['ask-live-assist'] && !subject)
    throw new UsageError(
      '--ask-live-assist sends a token to Live Assist. Name the file of the token, or the address of the token endpoint.',
    );
}

function requireAccountUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(
      '--account-url is not an address. Write it with https://: the whole address of the settings, or only the origin.',
    );
  if (url.username || url.password)
    throw new UsageError(
      '--account-url holds a user name or password. Leave them out: the settings need none.',
    );
  return text;
}
