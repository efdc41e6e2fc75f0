/** The token endpoint: answers a signed-in visitor's browser with the visitor's own token. */

import { requireKnownOptions } from '../contract/known-options.js';
import type { Contact } from './contact.js';
import type { Mint } from './mint.js';
import { createOriginRule } from './origin-rule.js';

export interface TokenHandlerOptions {
  /** From `createMinter`. */
  mint: Mint;
  /**
   * Who is signed in, judged by the site's own session: the visitor's contact, `null` when nobody is signed in,
   * `'no-contact'` when the visitor has no contact in Dynamics. Asked for every request; nothing is kept.
   *
   * A look-up answers `null` for "not found". Say `?? 'no-contact'` there, or the visitor counts as signed out.
   */
  contact: (request: Request) => Answer | Promise<Answer>;
  /**
   * Origins of the site's other hosts whose pages may read the token, like `https://shop.example.com`; of plain http
   * localhost alone, as elsewhere a page without TLS can be altered on its way to take the token. The endpoint's own origin need not be listed, unless a proxy gives the request another `Host` than the browser did.
   *
   * @default []
   */
  allowedOrigins?: readonly string[] | undefined;
  /**
   * Told what was thrown when an answer is 500. It is not waited for, and what it throws itself is dropped.
   *
   * @default writes one line with `console.error` that names the error's class, and nothing of its message
   */
  onError?: ((error: unknown) => void) | undefined;
}

type Answer = Contact | 'no-contact' | null;

const known = {
  mint: true,
  contact: true,
  allowedOrigins: true,
  onError: true,
} satisfies Record<keyof TokenHandlerOptions, true>;

const methods = ['GET', 'POST', 'OPTIONS'];

/**
 * A handler for the token endpoint, as every runtime that speaks fetch takes it.
 *
 * - 200 `{ token }`
 * - 401 `{ error: 'signed-out' }`, 403 `{ error: 'no-contact' }`
 * - 403 `{ error: 'foreign-origin' }`: a page of another site asked; nothing was looked up
 * - 405 for all but GET, POST and OPTIONS
 * - 500 `{ error: 'failed' }`, whatever went wrong
 *
 * Nothing may be stored on the way (`Cache-Control: no-store`), and requests share nothing.
 *
 * @example
 * ```ts
 * const handler = createTokenHandler({
 *   mint,
 *   async contact(request) {
 *     const visitor = await signedIn(request);
 *     return visitor && ((await contacts.byEmail(visitor.verifiedEmail)) ?? 'no-contact');
 *   },
 * });
 *
 * // Next.js: app/live-assist/token/route.ts. A method that is left out is Next's own to answer.
 * export { handler as GET, handler as POST, handler as OPTIONS };
 * app.all('/live-assist/token', (context) => handler(context.req.raw)); // Hono
 * app.all('/live-assist/token', getRequestListener(handler)); // Express, with @hono/node-server
 * ```
 *
 * @throws TypeError when an option cannot be used. The handler rejects for what is no Request, as Node's own; else never.
 */
export function createTokenHandler(options: TokenHandlerOptions): (request: Request) => Promise<Response> {
  requireKnownOptions('createTokenHandler', options, known);
  const { mint, contact, allowedOrigins = [], onError = writeError } = options;
  for (const [name, value] of Object.entries({ mint, contact, onError }))
    if (typeof value !== 'function')
      throw new TypeError(
        `${name} is not a function. createTokenHandler takes mint, contact and onError as such.`,
      );
  const origins = createOriginRule(allowedOrigins);

  const respond = async (request: Request): Promise<[status: number, body: object | null]> => {
    if (!methods.includes(request.method)) return [405, { error: 'method-not-allowed' }];
    if (!origins.mayRead(request)) return [403, { error: 'foreign-origin' }];
    if (request.method === 'OPTIONS') return [204, null];
    try {
      const answer = await contact(request);
      if (answer === null) return [401, { error: 'signed-out' }];
      if (answer === 'no-contact') return [403, { error: 'no-contact' }];
      if (typeof answer !== 'object')
        throw new TypeError(
          `contact answered ${typeof answer}. Answer a contact, null when nobody is signed in, or 'no-contact'.`,
        );
      const token = await mint(answer);
      if (typeof token !== 'string')
        throw new TypeError(`mint answered ${typeof token}. Use the function that createMinter answers.`);
      return [200, { token }];
    } catch (error) {
      void report(error);
      return [500, { error: 'failed' }];
    }
  };

  const report = async (error: unknown) => {
    try {
      await onError(error);
    } catch {
      // The visitor's answer does not depend on the site's log.
    }
  };

  return async (request) => {
    if (typeof request?.headers?.get !== 'function')
      throw new TypeError(
        "The token endpoint was not given a Request. To Node's own http, Express and Fastify give it as getRequestListener(handler), of @hono/node-server.",
      );
    const [status, body] = await respond(request);
    const headers = new Headers({
      'Cache-Control': 'no-store',
      // The bridge reckons with the server's clock, and not every runtime adds this.
      Date: new Date().toUTCString(),
      Vary: 'Cookie, Authorization, Origin',
      'X-Content-Type-Options': 'nosniff',
      ...origins.headers(request),
    });
    if (status === 405 || status === 204) headers.set('Allow', methods.join(', '));
    if (body) headers.set('Content-Type', 'application/json');
    return new Response(body && request.method !== 'HEAD' ? JSON.stringify(body) : null, { status, headers });
  };
}

function writeError(error: unknown): void {
  // A message of the site's own look-up may quote a session or an address.
  const name = error instanceof Error ? error.name : typeof error;
  console.error(
    `live-assist-bridge: the token endpoint answered 500 (thrown: ${name}). Give createTokenHandler an onError to see it.`,
  );
}
