/** The options of a bridge: what they mean, their defaults, and what is refused. */
import { isLocalHost } from '../contract/local-host.js';
import { defaultMethodName, isMethodName } from '../contract/method-name.js';
import type { BridgeError } from './errors.js';

interface CommonOptions {
  /**
   * JS Method Name as entered in Live Assist, from the global scope; dotted names too: `'auth.getAuthenticationToken'`
   * (parents that do not exist are created).
   *
   * @default 'authoriseChatWithCallback'
   */
  methodName?: string | undefined;
  /**
   * Where the token is in a JSON answer; dotted for nested objects: `'data.token'`.
   *
   * @default 'token'
   */
  tokenField?: string | undefined;
  /** @default 'GET' */
  httpMethod?: 'GET' | 'POST' | undefined;
  /** Further request headers, or a function that is asked for them at every request (not again for a retry). */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /**
   * Whether the request carries cookies. A token endpoint on another origin needs `'include'`.
   *
   * @default 'same-origin'
   */
  credentials?: RequestCredentials | undefined;
  /**
   * Milliseconds, 100 to 9500, for everything: retries and the answer's body included. Live Assist itself names no
   * limit; Microsoft's twin of this contract gives ten seconds.
   *
   * @default 8000
   */
  timeout?: number | undefined;
  /**
   * Seconds before its end at which a kept token is no longer handed over; never more than half of its life.
   *
   * @default 60
   */
  expiryMargin?: number | undefined;
  /**
   * Who is signed in, read at every call and before every hand-over. Any id that differs between visitors; `null` (or
   * `''`): nobody, the call is refused without a request; `undefined`: not known, the token endpoint is asked every time.
   */
  visitor?: (() => string | null | undefined) | undefined;
  /** Told of every failure. Without it each code is written to the console once per page, `signed-out` never. */
  onError?: ((error: BridgeError) => void) | undefined;
}

/** `tokenEndpoint` or `fetchToken`, exactly one of them. */
export type BridgeOptions = CommonOptions &
  (
    | {
        /**
         * The site's URL that answers with the token: JSON with `tokenField`, a JSON string, or text. Relative to the page.
         * On another origin only over https (localhost excepted). Redirects are not followed.
         */
        tokenEndpoint: string | URL;
        fetchToken?: undefined;
      }
    | {
        /**
         * Fetches the token itself; `null`: signed out. Never retried. The signal aborts when nobody waits any more.
         */
        fetchToken: (signal: AbortSignal) => Promise<string | null>;
        tokenEndpoint?: undefined;
      }
  );

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
  'headers' | 'visitor' | 'onError'
> & {
    tokenEndpoint?: URL | string;
    fetchToken?: (signal: AbortSignal) => Promise<string | null>;
  };

const isFunction = (value: unknown) => typeof value === 'function';
const isText = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value);

/** What an option must satisfy, and how the refusal says it. Every page makes this table when it loads: no pattern, no call. */
const checks: Record<string, readonly [check: (value: unknown) => boolean, requirement: string]> = {
  tokenEndpoint: [isEndpoint, 'an address on this origin or with https:'],
  fetchToken: [isFunction, 'a function'],
  methodName: [(value) => typeof value === 'string' && isMethodName(value), 'a name such as auth.getToken'],
  tokenField: [(value) => isText(value, /^[^.]+(\.[^.]+)*$/), 'a name such as data.token'],
  httpMethod: [(value) => isText(value, /^(GET|POST)$/), 'GET or POST'],
  headers: [(value) => Object(value) === value, 'headers or a function'],
  credentials: [(value) => isText(value, /^(omit|same-origin|include)$/), 'omit, same-origin or include'],
  timeout: [
    (value) => typeof value === 'number' && value >= 100 && value <= 9500,
    'milliseconds, 100 to 9500',
  ],
  expiryMargin: [(value) => typeof value === 'number' && value >= 0, 'seconds, from 0'],
  visitor: [isFunction, 'a function'],
  onError: [isFunction, 'a function'],
};

export const optionNames = Object.keys(checks);

/** By the other name that browsers have for it: `URL` is a variable of the page's own on old ones. */
const resolve = (address: string | URL) => new (globalThis.webkitURL ?? URL)(address, document.baseURI);

function isEndpoint(value: unknown): boolean {
  // Without a page there is nothing to resolve an address against, and nothing will be fetched.
  if (typeof document === 'undefined') return true;
  // A URL has its text in `href`; anything else would make an address of its name.
  if (typeof ((value as URL | undefined)?.href ?? value) !== 'string') return false;
  try {
    const { href, protocol, hostname, username, password } = resolve(String(value) || 'http://');
    if (username || password) return false;
    // A srcdoc frame has its site's origin in `self.origin` only; a sandboxed frame has it in its location only.
    return (
      protocol === 'https:' ||
      (protocol === 'http:' && isLocalHost(hostname)) ||
      [location, globalThis].some(({ origin }) => href.startsWith(`${origin}/`))
    );
  } catch {
    return false;
  }
}

/** What is wrong with an option, in a sentence; `undefined` when nothing is. */
export function optionProblem(name: string, value: unknown): string | undefined {
  const [check, requirement] = (Object.hasOwn(checks, name) && checks[name]) || [];
  if (!check) return `Unknown option ${name}. There are ${optionNames.join(', ')}.`;
  return check(value) ? undefined : `The option ${name} is not valid. It takes ${requirement}.`;
}

/** The options with defaults filled in; `undefined` counts as not given. @throws TypeError a programmer's mistake. */
export function resolveOptions(options: BridgeOptions): Settings {
  // Without a prototype: a page may have put a `headers` on every object.
  const settings: Settings & Record<string, unknown> = { __proto__: null, ...defaults };
  for (const [name, value] of Object.entries({ ...options })) {
    if (value === undefined) continue;
    const problem = optionProblem(name, value);
    if (problem) throw new TypeError(problem);
    settings[name] = value;
  }
  if (!settings.tokenEndpoint === !settings.fetchToken)
    throw new TypeError('Give tokenEndpoint or fetchToken, one of them.');
  // Resolved once: a page that changes its own address later does not move the token endpoint.
  if (settings.tokenEndpoint && typeof document !== 'undefined')
    settings.tokenEndpoint = resolve(settings.tokenEndpoint);
  return settings;
}
