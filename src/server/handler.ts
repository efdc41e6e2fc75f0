/**
 * The token endpoint: answers a signed-in visitor's browser with the visitor's own token.
 *
 * @module
 */
import { parseGuid } from '../contract/guid.js';
import { DataverseError } from './dataverse/dataverse-error.js';
import { createOriginRule } from './origin-rule.js';
import { looksLikeFile, PathError } from './path-rule.js';
import { requireContact, requireToken, requireVisitor } from './returned-values.js';
import { withTimeLimit } from './time-limit.js';
import {
  type AnyVisitor,
  resolveTokenHandlerOptions,
  type TokenHandlerOptions,
} from './token-handler-options.js';
import { type Decision, methods, statusOf, tokenResponse } from './token-response.js';

/** The handler. Its second argument can be left out if the type of `context` allows `undefined`. */
export type TokenHandler<C = unknown> = (
  request: Request,
  ...context: undefined extends C ? [context?: C] : [context: C]
) => Promise<Response>;

/** The progress of the answer to one request. */
interface Progress {
  waitsFor: 'visitor' | 'contact' | 'mint';
  contactId?: string;
}

/**
 * Creates a handler for the token endpoint. It can be mounted in every runtime with `Request` and `Response`.
 *
 * | answer | when |
 * | --- | --- |
 * | 200 `{ token }` | the visitor has a contact |
 * | 401 `{ error: 'signed-out' }` | `visitor` returned `null` |
 * | 403 `{ error: 'no-contact' }` | `contact` returned `null` |
 * | 403 `{ error: 'foreign-origin' }` | a page of another site asked; `visitor` was not called |
 * | 404 `{ error: 'not-found' }` | the path has an extension or an encoded letter; a cache may take it for a file |
 * | 405 `{ error: 'method-not-allowed' }` | neither GET, POST nor OPTIONS |
 * | 500 `{ error: 'failed' }` | something threw |
 * | 499 `{ error: 'client-left' }` | the browser has disconnected; only `onAnswer` sees it |
 * | 503 `{ error: 'timeout' }` | `timeout` has passed; the bridge tries again after `Retry-After` |
 *
 * Answers carry `Cache-Control: no-store`, so no cache may store them. Nothing is shared between requests.
 *
 * @example
 * ```ts
 * const tokenEndpoint = createTokenHandler({
 *   mint,
 *   visitor: (request) => signedIn(request), // null for a guest
 *   contact: (visitor, { signal }) => contacts.byEmail(visitor.confirmedEmail, { signal }),
 * });
 *
 * // Next.js: app/live-assist/token/route.ts
 * export { tokenEndpoint as GET, tokenEndpoint as OPTIONS, tokenEndpoint as POST };
 * app.all('/live-assist/token', (c) => tokenEndpoint(c.req.raw)); // Hono
 * app.all('/live-assist/token', getRequestListener(tokenEndpoint)); // Express, with @hono/node-server
 * ```
 *
 * @throws TypeError if an option cannot be used. The handler rejects only if it is not given a `Request` (for example
 * Node's IncomingMessage).
 */
export function createTokenHandler<V extends AnyVisitor, C = unknown>(
  options: TokenHandlerOptions<V, C>,
): TokenHandler<C> {
  const { mint, visitor, contact, timeout, ...settings } = resolveTokenHandlerOptions(options);
  const origins = createOriginRule(settings.allowedOrigins);
  const onAnswer = ignoringFailures(settings.onAnswer);
  const onError = ignoringFailures(settings.onError);

  return async (request, ...[context]) => {
    requireRequest(request);
    const start = performance.now();
    const progress: Progress = { waitsFor: 'visitor' };

    const askSite = async (signal: AbortSignal): Promise<Decision> => {
      const who = requireVisitor(await visitor(request, context as C));
      if (who === null) return { refusal: 'signed-out' };
      signal.throwIfAborted();
      progress.waitsFor = 'contact';
      const record = requireContact(await contact(who, { request, context: context as C, signal }));
      if (record === null) return { refusal: 'no-contact' };
      signal.throwIfAborted();
      progress.waitsFor = 'mint';
      const contactId = parseGuid(record.id);
      if (contactId) progress.contactId = contactId;
      return { token: requireToken(await mint(record)) };
    };

    const decide = async (): Promise<Decision> => {
      let isLate = false;
      const onTimeout = () => {
        isLate = true;
        return tookTooLong(progress, timeout);
      };
      try {
        if (looksLikeFile(request)) {
          onError(new PathError());
          return { refusal: 'not-found' };
        }
        if (!methods.includes(request.method)) return { refusal: 'method-not-allowed' };
        if (!origins.mayRead(request)) return { refusal: 'foreign-origin' };
        if (request.method === 'OPTIONS') return {};
        return await withTimeLimit({ limit: timeout, onTimeout, signal: request.signal }, askSite);
      } catch (error) {
        // Some frameworks' own requests have no signal.
        if (request.signal?.aborted) return { refusal: 'client-left' };
        onError(error);
        const isLookUpLate = error instanceof DataverseError && error.code === 'timeout';
        return { refusal: isLate || isLookUpLate ? 'timeout' : 'failed' };
      }
    };

    const decision = await decide();
    onAnswer({
      status: statusOf(decision),
      ...(decision.refusal && { refusal: decision.refusal }),
      ...(progress.contactId && { contactId: progress.contactId }),
      milliseconds: Math.round(performance.now() - start),
    });
    return tokenResponse(decision, request.method, origins.headers(request));
  };
}

/** Calls the site's listener without waiting for it, because the visitor's answer must not depend on the site's log. */
function ignoringFailures<T>(listener: (told: T) => unknown): (told: T) => void {
  return async (told) => {
    try {
      await listener(told);
    } catch {}
  };
}

function tookTooLong({ waitsFor }: Progress, timeout: number): Error {
  return new DOMException(
    `${waitsFor} did not return within the ${timeout} ms that the token endpoint allows. Is the service that it calls reachable and fast enough?`,
    'TimeoutError',
  );
}

function requireRequest(request: unknown): void {
  if (typeof (request as Request | undefined)?.headers?.get === 'function') return;
  throw new TypeError(
    'The token endpoint was not given a Request. In Node, Express and Fastify, mount getRequestListener(handler) of @hono/node-server.',
  );
}
