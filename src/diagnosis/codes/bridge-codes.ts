/**
 * The codes with which the bridge says why there is no token.
 *
 * @module
 */
import type { BridgeErrorCode } from '../../contract/bridge-error-code.js';
import type { CodeExplanation } from './code-explanation.js';

export const bridgeCodes: Readonly<Record<BridgeErrorCode, CodeExplanation>> = {
  'signed-out': {
    see: 'the offline survey. Nothing is written to the console.',
    why: 'the endpoint answered 401, or its answer says that nobody is signed in. Or the page itself says so: by an empty `data-visitor`, by `visitor`, or by `fetchToken`.',
    do: 'nothing for a guest. If the visitor is signed in, the request lacks the session. Check `credentials` on another origin, a `SameSite=Strict` cookie, and a WordPress REST route without its nonce. If no request was made, the page printed an empty `data-visitor`: a cached page often does.',
  },
  'no-contact': {
    see: 'the offline survey.',
    why: 'the endpoint found no active contact for this visitor.',
    do: "create the contact, or link it to the account. If nobody has a contact, the role's access level is too low: see Dynamics setup.",
  },
  forbidden: {
    see: 'the offline survey.',
    why: 'the endpoint answered 403 for another reason.',
    do: "check the endpoint's allowed origins, its CSRF protection, and any firewall in front of it.",
  },
  redirected: {
    see: 'the offline survey.',
    why: 'the endpoint redirects. The bridge does not follow redirects.',
    do: 'answer 401 instead of a sign-in page. Or use the final address: https, `www`, trailing slash.',
  },
  'rate-limited': {
    see: 'the offline survey, but only for some visitors.',
    why: 'the endpoint answered 429. If its `Retry-After` is longer than the time left for the call, further calls of this visitor are refused until that time has passed, for at most 60 seconds.',
    do: 'raise the limit for signed-in visitors.',
  },
  'endpoint-failed': {
    see: 'the offline survey.',
    why: 'the endpoint answered with another status, your `headers` or `fetchToken` threw, or a script of the page has replaced a function of the browser.',
    do: "for 404 check the address; for 5xx read the endpoint's log. If the message names a script of the page, look for a global variable with the name of a browser function, such as `Math` or `JSON`.",
  },
  network: {
    see: 'the offline survey.',
    why: 'there was no answer at all.',
    do: 'check the connection, the name, CORS, and `connect-src` of the Content-Security-Policy. An ad blocker or another browser extension may also have blocked the request.',
  },
  timeout: {
    see: 'the offline survey after `timeout`, which is 8 seconds by default.',
    why: 'no complete answer arrived in that time.',
    do: "make the endpoint faster. Keep the contact's GUID with the account instead of asking the CRM each time.",
  },
  'not-a-token': {
    see: 'the offline survey.',
    why: 'the answer is empty, or a page, or lacks the token field, or is not a JWT signed with RS256.',
    do: 'follow the message. It names the defect.',
  },
  'wrong-claims': {
    see: 'the offline survey.',
    why: '`sub`, `iat` or `exp` is missing, is text, or is in milliseconds.',
    do: "send times as numbers, in seconds. Send the contact's GUID as `sub`.",
  },
  'token-expired': {
    see: 'the offline survey.',
    why: "the token had expired when it arrived, by the server's clock.",
    do: "mint one token per request, and check the server's clock.",
  },
  'cached-answer': {
    see: 'the offline survey.',
    why: 'the answer says that it came from a cache. It may belong to another visitor.',
    do: 'send `Cache-Control: no-store`, and exclude the address from the CDN and from service workers.',
  },
  'visitor-changed': {
    see: 'the offline survey, once.',
    why: 'the visitor changed, signed out or left the page during the request.',
    do: 'nothing. The next click asks again.',
  },
  disposed: {
    see: 'nothing, or the offline survey.',
    why: 'the bridge was disposed of, or the code runs on a server.',
    do: 'create a bridge in the browser.',
  },
};
