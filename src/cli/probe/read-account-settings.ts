/**
 * Fetches the published settings of an account and compares them with what the site needs.
 *
 * @module
 */
import { accountAddress, connectorsPath } from '../../diagnosis/account/account-paths.js';
import type { ExpectedSettings } from '../../diagnosis/account/compare-connector.js';
import { type AccountInspection, inspectAccount } from '../../diagnosis/account/inspect-account.js';
import { type Finding, finding } from '../../diagnosis/findings/finding.js';
import { quote } from '../../diagnosis/quote.js';
import { askVendor, type VendorAnswer } from './vendor-request.js';

export interface AccountOptions {
  /** The number of the account. */
  account: string;
  /** Replaces the vendor's address: a whole address, or only an origin. */
  accountUrl: string | undefined;
  /** The limit for each answer, in milliseconds. */
  timeout: number;
  env: Record<string, string | undefined>;
}

export async function readAccountSettings(
  options: AccountOptions,
  expected: ExpectedSettings,
): Promise<AccountInspection> {
  const answer = await askVendor(settingsAddress(options), options);
  const problem = problemOf(answer, options);
  if (problem || 'failure' in answer) return { findings: problem ? [problem] : [], connectors: [] };
  return inspectAccount(answer.text, expected);
}

function settingsAddress({ account, accountUrl }: AccountOptions): string {
  if (accountUrl === undefined) return accountAddress(account);
  const { origin, pathname, search } = new URL(accountUrl);
  return pathname === '/' && !search ? origin + connectorsPath(account) : accountUrl;
}

/** Does not repeat a given address, because it may hold a password. */
const shownAddress = ({ account, accountUrl }: AccountOptions): string =>
  accountUrl === undefined ? accountAddress(account) : 'the address of --account-url';

function problemOf(answer: VendorAnswer, options: AccountOptions): Finding | undefined {
  if ('failure' in answer) {
    if (answer.failure === 'silent') return finding('account-silent', options.timeout);
    return answer.failure === 'too-large'
      ? finding('account-too-large')
      : finding('account-unreachable', answer.reason, shownAddress(options));
  }
  const { status, location } = answer;
  if (status >= 300 && status < 400) {
    const to = location?.split(/[?#;]/, 1)[0];
    return finding('account-redirected', to ? ` to ${quote(to)}` : '');
  }
  return status === 200 ? undefined : finding('account-status', status);
}
