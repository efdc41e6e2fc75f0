/**
 * Checks the options of a bridge and fills in the defaults.
 *
 * @module
 */

import { defaultMethodName, isMethodName } from '../contract/method-name.js';
import { isLocalHost } from '../contract/origins.js';
import type { BridgeOptions, CommonOptions } from './options.js';
import { root } from './page/native.js';

type OptionName = keyof CommonOptions | 'tokenEndpoint' | 'fetchToken';

export const defaults = {
  methodName: defaultMethodName,
  tokenField: 'token',
  httpMethod: 'GET',
  credentials: 'same-origin',
  timeout: 8000,
  expiryMargin: 60,
} satisfies Partial<CommonOptions>;

export type Settings = { [Name in keyof typeof defaults]: NonNullable<CommonOptions[Name]> } & Pick<
  CommonOptions,
  'headers' | 'identities' | 'onError'
> & {
    tokenEndpoint?: URL | string;
    fetchToken?: (signal: AbortSignal) => Promise<string | null>;
    /** `isPrinted` marks the tag's own function: the visitor is known only from what the page printed. */
    visitor?: (() => unknown) & { isPrinted?: boolean };
  };

const isFunction = (value: unknown) => typeof value === 'function';
const isText = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value);
const isNumber = (value: unknown, least: number, most: number) =>
  typeof value === 'number' && value >= least && value <= most;

/**
 * The check of each option, and the requirement that the message names. An option without an entry does not compile.
 */
const checks: Record<OptionName, readonly [check: (value: unknown) => boolean, requirement: string]> = {
  tokenEndpoint: [isEndpoint, 'an address on this origin or with https:'],
  fetchToken: [isFunction, 'a function'],
  methodName: [(value) => typeof value === 'string' && isMethodName(value), 'a name such as auth.getToken'],
  tokenField: [(value) => isText(value, /^[^.]+(\.[^.]+)*$/), 'a name such as data.token'],
  httpMethod: [(value) => isText(value, /^(GET|POST)$/), 'GET or POST'],
  headers: [(value) => Object(value) === value, 'headers or a function'],
  credentials: [(value) => isText(value, /^(omit|same-origin|include)$/), 'omit, same-origin or include'],
  timeout: [(value) => isNumber(value, 100, 9500), 'milliseconds, 100 to 9500'],
  expiryMargin: [(value) => isNumber(value, 0, 3600), 'seconds, 0 to 3600'],
  visitor: [isFunction, 'a function'],
  identities: [(value) => typeof value === 'boolean' || isFunction(value), 'true or a function'],
  onError: [isFunction, 'a function'],
};

/** Without `visitor`, every guest would cause a request. */
export const identitiesProblem = 'identities needs visitor (data-visitor), empty for guests.';

export const optionNames = Object.keys(checks) as OptionName[];

/** Uses the alias `webkitURL`, because old pages have a variable `URL`, which usually holds an address as text. */
const resolve = (address: string | URL) => new (root.webkitURL ?? URL)(address, document.baseURI);

function isEndpoint(value: unknown): boolean {
  // On a server there is no page to resolve an address against, and nothing will be fetched.
  if (typeof document === 'undefined') return true;
  // Only text and URLs are accepted. Any other value would be converted to a meaningless address.
  if (typeof ((value as URL | undefined)?.href ?? value) !== 'string') return false;
  try {
    const { href, protocol, hostname, username, password } = resolve(String(value) || 'http://');
    if (username || password) return false;
    // A srcdoc frame has its site's origin in `self.origin` only; a sandboxed frame has it in its location only.
    return (
      protocol === 'https:' ||
      [location, root].some(({ origin }) => href.startsWith(`${origin}/`)) ||
      (protocol === 'http:' && isLocalHost(hostname))
    );
  } catch {
    return false;
  }
}

/** Returns a sentence that says what is wrong with an option, or `undefined` if nothing is. */
export function optionProblem(name: string, value: unknown): string | undefined {
  const [check, requirement] = (Object.hasOwn(checks, name) && checks[name as OptionName]) || [];
  if (!check) return `Unknown option ${name}. There are ${optionNames.join(', ')}.`;
  return check(value) ? undefined : `The option ${name} is not valid. It takes ${requirement}.`;
}

/**
 * Returns the options with defaults filled in. An option that is `undefined` counts as not given. @throws TypeError if
 * an option is not valid.
 */
export function resolveOptions(options: BridgeOptions): Settings {
  // Without a prototype, because a page may have added `headers` to Object.prototype.
  const settings: Settings & Record<string, unknown> = { __proto__: null, ...defaults };
  for (const [name, value] of Object.entries({ ...options })) {
    if (value === undefined) continue;
    const problem = optionProblem(name, value);
    if (problem) throw new TypeError(problem);
    settings[name] = value;
  }
  if (!settings.tokenEndpoint === !settings.fetchToken)
    throw new TypeError('Give either tokenEndpoint or fetchToken.');
  if (settings.identities === true && !settings.visitor) throw new TypeError(identitiesProblem);
  // Resolved once: a page that changes its own address later does not move the token endpoint.
  if (settings.tokenEndpoint && typeof document !== 'undefined')
    settings.tokenEndpoint = resolve(settings.tokenEndpoint).href.replace(/#.*/, '');
  return settings;
}
