/** The options of a bridge: what they mean, their defaults, and what is refused. */
import type { BridgeError } from './errors.js';

interface CommonOptions {
  /**
   * JS Method Name as entered in Live Assist, from the global scope; dotted names too: `'auth.getAuthenticationToken'`
   * (parents that do not exist are created).
   *
   * @default 'authoriseChatWithCallback'
   */
  methodName?: string;
  /**
   * Where the token is in a JSON answer; dotted for nested objects: `'data.token'`.
   *
   * @default 'token'
   */
  tokenField?: string;
  /** @default 'GET' */
  httpMethod?: 'GET' | 'POST';
  /** Further request headers, or a function that is asked for them at every request (not again for a retry). */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /**
   * Whether the request carries cookies. A token endpoint on another origin needs `'include'`.
   *
   * @default 'same-origin'
   */
  credentials?: RequestCredentials;
  /**
   * Milliseconds, 100 to 9500, for everything: retries and the answer's body included. Live Assist itself names no
   * limit; Microsoft's twin of this contract gives ten seconds.
   *
   * @default 8000
   */
  timeout?: number;
  /**
   * Seconds before its end at which a kept token is no longer handed over; never more than half of its life.
   *
   * @default 60
   */
  expiryMargin?: number;
  /**
   * Who is signed in, read at every call and before every hand-over. Any id that differs between visitors; `null` (or
   * `''`): nobody, the call is refused without a request; `undefined`: not known, the token endpoint is asked every time.
   */
  visitor?: () => string | null | undefined;
  /** Told of every failure. Without it each code is written to the console once per page, `signed-out` never. */
  onError?: (error: BridgeError) => void;
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
        fetchToken?: never;
      }
    | {
        /**
         * Fetches the token itself; `null`: signed out. Never retried. The signal aborts when nobody waits any more.
         */
        fetchToken: (signal: AbortSignal) => Promise<string | null>;
        tokenEndpoint?: never;
      }
  );

const defaults = {
  methodName: 'authoriseChatWithCallback',
  tokenField: 'token',
  httpMethod: 'GET',
  credentials: 'same-origin',
  timeout: 8000,
  expiryMargin: 60,
} satisfies Partial<CommonOptions>;

export type Settings = Required<Pick<CommonOptions, keyof typeof defaults>> &
  Pick<CommonOptions, 'headers' | 'visitor' | 'onError'> & {
    tokenEndpoint?: URL | string;
    fetchToken?: (signal: AbortSignal) => Promise<string | null>;
  };

const isFunction = (value: unknown): boolean => typeof value === 'function';
const matches = (pattern: RegExp) => (value: unknown) => pattern.test(String(value));

/** What an option must satisfy, and how the refusal says it. */
const checks: Record<string, readonly [check: (value: unknown) => boolean, requirement: string]> = {
  tokenEndpoint: [isEndpoint, 'an address on this origin, or one that begins with https:'],
  fetchToken: [isFunction, 'a function'],
  methodName: [
    matches(/^(?!(.*\.)?(__proto__|prototype|constructor)(\.|$))[\w$]+(\.[\w$]+)*$/),
    'a name such as auth.getToken',
  ],
  tokenField: [matches(/^[^.]+(\.[^.]+)*$/), 'a property name such as data.token'],
  httpMethod: [matches(/^(GET|POST)$/), 'GET or POST'],
  headers: [(value) => isFunction(value) || Object(value) === value, 'headers or a function'],
  credentials: [matches(/^(omit|same-origin|include)$/), 'omit, same-origin or include'],
  timeout: [(value) => isNumber(value) && value >= 100 && value <= 9500, 'milliseconds, 100 to 9500'],
  expiryMargin: [(value) => isNumber(value) && value >= 0, 'seconds, 0 or more'],
  visitor: [isFunction, 'a function'],
  onError: [isFunction, 'a function'],
};

export const optionNames = Object.keys(checks);

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isEndpoint(value: unknown): boolean {
  // Without a page there is nothing to resolve an address against, and nothing that would be fetched.
  if (typeof document === 'undefined') return true;
  try {
    const { protocol, hostname, origin, username } = new URL(String(value), document.baseURI);
    return (
      !username &&
      (protocol === 'https:' ||
        (protocol === 'http:' &&
          (origin === location.origin || /^(.+\.)?localhost$|^127\.|^\[::1]$/.test(hostname))))
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
  const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    const problem = optionProblem(name, value);
    if (problem) throw new TypeError(problem);
  }
  const settings: Settings = { ...defaults, ...Object.fromEntries(given) };
  if (!settings.tokenEndpoint === !settings.fetchToken)
    throw new TypeError('Give tokenEndpoint or fetchToken, one of them.');
  // Resolved once: a page that changes its own address later does not move the token endpoint.
  if (settings.tokenEndpoint && typeof document !== 'undefined')
    settings.tokenEndpoint = new URL(settings.tokenEndpoint, document.baseURI);
  return settings;
}
