/**
 * The codes with which the token endpoint refuses a request, in this package's handler and in every recipe.
 *
 * @module
 */
import type { CodeExplanation } from '../../diagnosis/codes/code-explanation.js';
import type { TokenRefusal } from '../../server/token-handler-options.js';

export const endpointCodes: Readonly<Record<TokenRefusal, CodeExplanation>> = {
  'signed-out': {
    see: 'HTTP 401.',
    why: 'the request came without a signed-in visitor.',
    do: 'nothing for a guest. If the visitor is signed in, check that the session cookie reaches the endpoint.',
  },
  'no-contact': {
    see: 'HTTP 403.',
    why: 'the visitor is signed in, but the look-up found no active contact in Dynamics.',
    do: 'create or reactivate the contact, and check by which column the site looks it up.',
  },
  'foreign-origin': {
    see: 'HTTP 403.',
    why: 'the page that asked is on an origin that the endpoint does not allow.',
    do: 'add the origin of the site to `allowedOrigins`. If the site is behind a proxy, let the proxy pass on the host that the browser asks for.',
  },
  'not-found': {
    see: 'HTTP 404.',
    why: 'the path of the request has an extension or an encoded letter. A cache may take it for a file.',
    do: 'ask at a path without them, and let no proxy rewrite the path.',
  },
  'method-not-allowed': {
    see: 'HTTP 405.',
    why: 'the request is neither GET nor POST nor OPTIONS.',
    do: 'set `httpMethod` of the bridge to GET or POST. With curl, write `curl -i` instead of `curl -I`.',
  },
  'client-left': {
    see: 'HTTP 499, which only `onAnswer` sees.',
    why: 'the visitor left before the answer was ready.',
    do: 'nothing for single cases. If there are many, make the endpoint faster.',
  },
  failed: {
    see: 'HTTP 500.',
    why: 'the code of the site, the key or the look-up in Dynamics failed.',
    do: "read the server's log, or what `onError` gets. A KeyError or a DataverseError has a code of its own.",
  },
  timeout: {
    see: 'HTTP 503 with `Retry-After`.',
    why: 'finding the visitor and the contact took longer than the `timeout` of the endpoint or of the look-up.',
    do: "look up the contact once, at the sign-in, and keep its GUID with the account. The message in the server's log names what took too long.",
  },
};
