/**
 * Sends a token to the vendor's verifier, and explains the answer.
 *
 * @module
 */

import { isLocalHost } from '../../contract/origins.js';
import { own } from '../../contract/own.js';
import {
  servicesOrigin,
  verifierDomain,
  verifierHostPath,
  verifierPath,
} from '../../diagnosis/account/account-paths.js';
import { outline } from '../../diagnosis/account/redact.js';
import { parse } from '../../diagnosis/answer/json-body.js';
import { isOfService, vendorCode } from '../../diagnosis/codes/vendor-codes.js';
import { type Finding, finding } from '../../diagnosis/findings/finding.js';
import { quote } from '../../diagnosis/quote.js';
import type { AccountOptions } from './read-account-settings.js';
import { askVendor, type VendorAnswer } from './vendor-request.js';

export interface VerifierOptions extends AccountOptions {
  /** The id of the identity provider. */
  connector: string;
  token: string;
  /** Called with the verifier's host before the token is sent to it. */
  onHost: (host: string) => void;
}

export async function askVerifier(options: VerifierOptions): Promise<Finding> {
  const { account, accountUrl, connector, token, onHost } = options;
  const replaced = accountUrl === undefined ? undefined : new URL(accountUrl);
  if (replaced && replaced.protocol !== 'https:' && !isLocalHost(replaced.hostname))
    return finding('verifier-not-asked', 'a token is sent to https addresses only');
  const services = replaced?.origin ?? servicesOrigin;
  const answer = await askVendor(services + verifierHostPath(account), options);
  // A proxy may not have this look-up. It is not needed there, because the verifier is on the same origin.
  const isUnneeded = replaced && 'status' in answer && answer.status === 404;
  const found = isUnneeded ? replaced.host : hostIn(answer);
  if (typeof found !== 'string') return found;
  if (!replaced && !isVerifier(found))
    return finding(
      'verifier-not-asked',
      `the host it is said to have, ${quote(found)}, is not below ${verifierDomain.slice(1)}`,
    );
  const origin = replaced?.origin ?? `https://${found}`;
  onHost(replaced?.host ?? found);
  return verdict(
    await askVendor(origin + verifierPath(account, connector), { ...options, body: { id_token: token } }),
  );
}

/** Returns the verifier's host from the answer, or the finding that says why there is none. */
function hostIn(answer: VendorAnswer): string | Finding {
  const refused = withoutAnswer(answer);
  if (refused || 'failure' in answer) return refused ?? finding('verifier-missing');
  if (isRedirect(answer))
    return finding(
      'verifier-not-asked',
      'the address that names its host redirects, and that was not followed',
    );
  const json = parse(answer.text);
  const host = own(json, 'baseURI');
  const isBlank = host === undefined || host === null || host === '';
  if (answer.status < 300 && isDocumented(json) && isBlank) return finding('verifier-missing');
  return answer.status < 300 && typeof host === 'string' && host
    ? host
    : finding('verifier-unexpected', `look-up of the host, ${words(answer)}`);
}

/** Whether it is an object as documented for the look-up, or an object without properties. */
const isDocumented = (json: unknown): boolean =>
  typeof json === 'object' &&
  json !== null &&
  !Array.isArray(json) &&
  (Object.keys(json).length === 0 ||
    ['service', 'account', 'baseURI'].some((key) => Object.hasOwn(json, key)));

/** Accepts only a bare host name, so that no port, path or user name can lead elsewhere. */
const isVerifier = (host: string): boolean =>
  /^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(host) && host.toLowerCase().endsWith(verifierDomain);

function verdict(answer: VendorAnswer): Finding {
  const json = 'failure' in answer ? undefined : parse(answer.text);
  const code = own(json, 'internalErrorCode') ?? own(json, 'internalCode');
  if ((typeof code === 'number' || typeof code === 'string') && /^\d{1,6}$/.test(String(code))) {
    const { why, do: remedy = '' } = vendorCode(code) ?? {};
    if (!why) return finding('verifier-refuses-unknown', String(code));
    return finding(isOfService(code) ? 'verifier-failed' : 'verifier-refuses', String(code), why, remedy);
  }
  const refused = withoutAnswer(answer);
  if (refused || 'failure' in answer) return refused ?? finding('verifier-missing');
  if (isRedirect(answer)) return finding('verifier-redirected');
  if (answer.status < 300 && typeof own(json, 'token') === 'string') return finding('verifier-accepts');
  return finding('verifier-unexpected', words(answer));
}

/** Describes the answer without its values. */
function words({ status, text }: Answered): string {
  const json = parse(text);
  return `${status}, ${json === undefined ? 'text that is not JSON' : outline(json)}`;
}

type Answered = Exclude<VendorAnswer, { failure: string }>;

const isRedirect = ({ status }: Answered) => status >= 300 && status < 400;

function withoutAnswer(answer: VendorAnswer): Finding | undefined {
  if ('failure' in answer) return finding('verifier-silent', answer.reason);
  const { status } = answer;
  if (status === 404) return finding('verifier-missing');
  return status >= 500 || status === 429 ? finding('verifier-silent', `it answered ${status}`) : undefined;
}
