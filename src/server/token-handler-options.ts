/**
 * The options of the token endpoint, their defaults and their checks.
 *
 * @module
 */
import { requireKnownOptions } from '../contract/known-options.js';
import { KeyError } from '../key/key-error.js';
import type { Contact } from './contact.js';
import { DataverseError } from './dataverse/dataverse-error.js';
import type { Mint } from './mint.js';
import { PathError } from './path-rule.js';

/** What `visitor` may return for a signed-in visitor. The value is awaited, so it cannot be a promise itself. */
export type AnyVisitor = string | number | bigint | boolean | (object & { then?: never });

/**
 * Options of `createTokenHandler`.
 *
 * `V` is what the site knows about a signed-in visitor. `C` is what its framework passes along with the request.
 * TypeScript infers both from `visitor`. If `contact` comes first in the object, write the type of `request` in
 * `visitor`.
 */
export interface TokenHandlerOptions<V extends AnyVisitor, C = unknown> {
  /** The function that `createMinter` returns. */
  mint: Mint;
  /**
   * Who is signed in? Returns the visitor of the site's own session, or `null` for a guest (401 `signed-out`). Called
   * for every request; the result is not cached.
   *
   * `undefined` and other empty values are an error (500), so that a forgotten `return` is not taken for a guest.
   *
   * @param context The second argument of the handler, such as Express's `req` or Hono's context.
   */
  visitor: (request: Request, context: C) => V | null | Promise<V | null>;
  /**
   * Which contact in Dynamics is this visitor? Returns the contact, or `null` if there is none (403 `no-contact`). Called
   * only for signed-in visitors.
   *
   * DANGER: a visitor who can change the value you look up without proving it becomes somebody else. Look up by an id of
   * your own, or by an e-mail address that the visitor has confirmed.
   */
  contact: (visitor: V, asked: ContactQuestion<C>) => Contact | null | Promise<Contact | null>;
  /**
   * Origins of the site's other hosts whose pages may read the token, such as `https://shop.example.com`. Plain http is
   * accepted for localhost only, because pages without TLS can be altered on their way. The endpoint's own origin needs
   * no entry, unless a proxy changes the `Host` of the request.
   *
   * @default []
   */
  allowedOrigins?: readonly string[] | undefined;
  /**
   * How long `visitor`, `contact` and `mint` may take together, in milliseconds, 100 to 60000. After that, the answer is
   * 503. Keep it below the 8000 that the bridge waits.
   *
   * @default 6000
   */
  timeout?: number | undefined;
  /** Called with every answer before it is returned. It is not awaited, and what it throws is ignored. */
  onAnswer?: ((answer: TokenAnswer) => unknown) | undefined;
  /**
   * Called with what was thrown when the answer is 500 or 503, and with a `PathError` when it is 404. It is not awaited,
   * and what it throws is ignored.
   *
   * @default writes one line with `console.error`: the message of an error of this package, and only the class of any other, whose message may quote a session or an address
   */
  onError?: ((error: unknown) => unknown) | undefined;
}

/** What `contact` receives besides the visitor. */
export interface ContactQuestion<C> {
  request: Request;
  /** The second argument of the handler. */
  context: C;
  /**
   * Aborts when nobody needs the contact any more, because the time is up or the client has disconnected. Pass it to
   * the look-up.
   */
  signal: AbortSignal;
}

/** One answer of the token endpoint. Contains no token and no name. */
export interface TokenAnswer {
  status: number;
  /** Why there is no token. Missing for 200 and 204. */
  refusal?: TokenRefusal;
  /** The GUID of the contact, once it is known. */
  contactId?: string;
  /** How long the answer took, in milliseconds. */
  milliseconds: number;
}

/**
 * - `signed-out` (401): nobody is signed in
 * - `no-contact` (403): the visitor has no contact in Dynamics
 * - `foreign-origin` (403): a page of another site asked
 * - `not-found` (404): the path has an extension or an encoded letter, so a cache may take it for a file
 * - `method-not-allowed` (405): not GET, POST or OPTIONS
 * - `client-left` (499): the client disconnected before the answer. Nobody reads this answer.
 * - `failed` (500): `visitor`, `contact` or `mint` failed
 * - `timeout` (503): they took longer than `timeout`
 */
export type TokenRefusal =
  | 'signed-out'
  | 'no-contact'
  | 'foreign-origin'
  | 'not-found'
  | 'method-not-allowed'
  | 'client-left'
  | 'failed'
  | 'timeout';

const isFunction = (value: unknown) => (typeof value === 'function' ? undefined : 'is not a function');

/** Each check returns what is wrong with an option's value. An option without an entry is a compile error. */
const checks = {
  mint: isFunction,
  visitor: isFunction,
  contact: isFunction,
  allowedOrigins: (value) => (Array.isArray(value) ? undefined : 'is not a list'),
  timeout: (value) =>
    typeof value === 'number' && value >= 100 && value <= 60_000
      ? undefined
      : `is ${value}, not milliseconds from 100 to 60000`,
  onAnswer: isFunction,
  onError: isFunction,
} satisfies Record<keyof TokenHandlerOptions<string>, (value: unknown) => string | undefined>;

/**
 * Returns the options with defaults filled in.
 *
 * @throws TypeError if an option is missing, unknown or not usable.
 */
export function resolveTokenHandlerOptions<V extends AnyVisitor, C>(options: TokenHandlerOptions<V, C>) {
  requireKnownOptions('createTokenHandler', options, checks);
  const { mint, visitor, contact } = options;
  const { allowedOrigins = [], timeout = 6000, onAnswer = () => {}, onError = writeError } = options;
  const settings = { mint, visitor, contact, allowedOrigins, timeout, onAnswer, onError };
  for (const [name, value] of Object.entries(settings)) {
    const problem = checks[name as keyof typeof settings](value);
    if (problem)
      throw new TypeError(
        `The option ${name} ${problem}. createTokenHandler takes mint, visitor(request), contact(visitor), and optionally allowedOrigins, timeout, onAnswer and onError.`,
      );
  }
  return settings;
}

/** Writes only the class of a foreign error, because its message may quote a session or an address. */
function writeError(error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  const isOwn = [DataverseError, KeyError, PathError].some((type) => error instanceof type);
  const sentence =
    isOwn && error instanceof Error
      ? error.message
      : `the token endpoint failed (thrown: ${name}). Give createTokenHandler an onError to see the error.`;
  console.error(`live-assist-bridge: ${sentence}`);
}
