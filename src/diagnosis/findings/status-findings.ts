/**
 * The findings about the status of a token endpoint's answer, and about answers that others gave in its place.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

export const statusFindings = {
  'redirected-to-login': [
    'error',
    (to: string) =>
      `The token endpoint redirects to ${to}, which looks like a sign-in page: it did not recognise a signed-in visitor. Send the cookie of a signed-in visitor. Let the endpoint answer 401 to everyone else instead of redirecting.`,
  ],
  'redirected-to-final-address': [
    'error',
    (to: string, change: string) =>
      `The token endpoint redirects to ${to}, which is the same address ${change}. The bridge follows no redirects: use that final address as the token endpoint.`,
  ],
  redirected: [
    'error',
    (to: string) =>
      `The token endpoint redirects${to}, and the bridge follows no redirects. If that is a sign-in page, the visitor is not signed in for the endpoint; otherwise use the final address (https, www, trailing slash).`,
  ],
  'opaque-answer': [
    'error',
    () =>
      'The browser hides this answer (status 0): it was asked for in "no-cors" mode, or the request failed. Ask from the site itself, or allow its origin at the endpoint.',
  ],
  'not-modified': [
    'error',
    () =>
      'The token endpoint answered 304, "not modified": it lets browsers keep tokens. Remove ETag and Last-Modified from its answers, and send "Cache-Control: no-store".',
  ],
  'signed-out': [
    'error',
    () =>
      'The token endpoint sees no signed-in visitor (401, or the same in words). That is right for a guest. For a visitor who is signed in, check that the session cookie (or Authorization header) is still valid and reaches the endpoint: its Domain, Path, Secure and SameSite, and on WordPress the REST nonce.',
  ],
  'no-contact': [
    'error',
    () =>
      'The token endpoint answered "no-contact" (403): the visitor is signed in but has no active contact in the CRM. Create or reactivate the contact, or check by which column the site looks it up.',
  ],
  'foreign-origin': [
    'error',
    () =>
      `The token endpoint answered "foreign-origin" (403): the page that asked is on an origin that the endpoint does not allow. Add the origin of the site to the handler's allowedOrigins.`,
  ],
  forbidden: [
    'error',
    () =>
      'The token endpoint answered 403, and the answer does not say why. A guess: a firewall, a protection against forged requests, or missing rights. The log of the server, or of the firewall in front of it, tells which.',
  ],
  'csrf-refused': [
    'error',
    (status: number, proven: boolean) =>
      `The token endpoint answered ${status}${proven ? ': its protection against forged requests (CSRF) refused the request' : '. A guess: its protection against forged requests (CSRF) refused the POST; the log of the server tells'}. Send the CSRF token in the bridge's headers option (WordPress: X-WP-Nonce), or let the endpoint take GET, which needs none.`,
  ],
  'gateway-route-missing': [
    'error',
    (status: number) =>
      `The token endpoint answered ${status} "Missing Authentication Token". Amazon's API Gateway says so when it has no route for this path and method. Check the stage and the path in the address, and that the method is deployed.`,
  ],
  'action-not-registered': [
    'error',
    (status: number) =>
      `The token endpoint answered ${status} and 0: WordPress (admin-ajax.php) has no action of this name for this visitor. Check the name after "action=", and register it for signed-in visitors: add_action("wp_ajax_NAME", ...); for guests also "wp_ajax_nopriv_NAME".`,
  ],
  'password-prompt': [
    'error',
    (scheme: string) =>
      `The token endpoint answers guests with a password challenge (WWW-Authenticate: ${scheme}): browsers ask every guest for a password. Remove that header from this address, or take the address out of the web server's authentication.`,
  ],
  'not-found': [
    'error',
    (status: number) =>
      `The token endpoint answered ${status}: there is nothing at this address. Check the path, and that the route is deployed.`,
  ],
  'method-refused': [
    'error',
    (allowed: string) =>
      `The token endpoint answered 405: it does not take this HTTP method${allowed}. Set the bridge's httpMethod to one it takes. (curl -I sends HEAD, which returns no token: use curl -i.)`,
  ],
  'rate-limited': [
    'error',
    (wait: string) =>
      `The token endpoint answered 429, too many requests${wait}. Raise its limit: each visitor who opens a chat asks once.`,
  ],
  'endpoint-failed': [
    'error',
    (status: number, who: string) =>
      `The token endpoint answered ${status}: ${who}. The reason is in the server's log; Live Assist has not been asked yet.`,
  ],
  'unexpected-status': [
    'error',
    (status: number) =>
      `The token endpoint answered ${status}. It should answer 200 with the token, 401 to visitors who are not signed in, 403 to those without a contact.`,
  ],

  'refused-on-the-way': [
    'error',
    (status: number, fact: string, remedy: string) =>
      `The token endpoint answered ${status}: ${fact}. ${remedy}`,
  ],
  'entra-refused': [
    'error',
    (number: string, fact: string, remedy: string) =>
      `Microsoft Entra ID refused the site an access token for Dynamics: ${fact} (AADSTS${number}). ${remedy}`,
  ],
} as const satisfies FindingTable;
