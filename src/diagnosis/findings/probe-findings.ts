/**
 * The findings that need requests to the token endpoint or to Dynamics. The command line sends these requests.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

export const probeFindings = {
  // The token endpoint
  'endpoint-unreachable': [
    'error',
    (reason: string) =>
      `The token endpoint cannot be reached: ${reason}. Check the address, and whether this machine may connect to it.`,
  ],
  'endpoint-certificate': [
    'error',
    (reason: string) =>
      `The TLS certificate of the token endpoint is refused (${reason}). A guess: browsers refuse it too, unless this machine lacks your company's certificate authority. Open the address in a browser to see; NODE_EXTRA_CA_CERTS adds an authority here.`,
  ],
  'endpoint-certificate-chain': [
    'error',
    () =>
      "The server sends its TLS certificate without the intermediate certificate. Most browsers find that one elsewhere; apps, servers and this command do not. Configure the full chain (fullchain.pem in place of cert.pem). If the certificate is your company's own, NODE_EXTRA_CA_CERTS adds its authority here.",
  ],
  'endpoint-behind-proxy': [
    'error',
    (reason: string, variable: string) =>
      `The token endpoint cannot be reached: ${reason}. ${variable} is set here, and this command does not use a proxy. Use curl, which does: save the answer of \`curl -i\`, and give the file to diagnose.`,
  ],
  'token-kept': [
    'note',
    () =>
      "The token endpoint answered the same token twice, so the site keeps it, for example in the visitor's session. That is right as long as the sign-out removes it. With --other-header, diagnose also asks as another visitor.",
  ],
  'token-of-another': [
    'error',
    () =>
      'The token endpoint answers two sessions with the same token: the second visitor is taken for the first. Look for a cache in front of the endpoint, or a token that the server keeps for all visitors.',
  ],
  'other-not-asked': [
    'warning',
    () =>
      'With --other-header the token endpoint answered no token, so two visitors were not compared. Give the headers of a second visitor who is signed in.',
  ],
  'same-contact': [
    'warning',
    () =>
      'The token endpoint answers two sessions with the same contact ("sub"). If these are two visitors, the site looks up the same contact for both.',
  ],
  'guest-refused': [
    'note',
    (status: number) =>
      `${
        status === 401
          ? 'Guests get 401, as they should.'
          : `The token endpoint answers guests ${status} and no token. The bridge reads that as "signed out", as it should.`
      } To check a signed-in visitor, give the visitor's cookie: --header "@cookie.txt".`,
  ],
  'guest-redirected': [
    'warning',
    (to: string) =>
      `The token endpoint redirects guests${to}. The bridge takes that for a failure, not for a guest. Answer 401 instead.`,
  ],
  'endpoint-silent': [
    'error',
    (limit: number) =>
      `The token endpoint did not answer within ${limit} ms. The bridge gives up after 8000: look for what is slow, the look-up in the CRM first.`,
  ],
  'token-for-anyone': [
    'error',
    () =>
      'The token endpoint hands a token to a request without any session: anybody on the web can chat as that contact. Answer 401 unless a visitor is signed in.',
  ],
  'origin-echoed': [
    'error',
    () =>
      'The token endpoint allows every origin that asks: any page a signed-in visitor opens can take the token. Allow the origins of the site by name.',
  ],
  'origin-lookalike': [
    'error',
    (origin: string) =>
      `The token endpoint allows the origin ${origin}, which is not the site's and may be anybody's: it compares only the beginning or the end of an origin. Compare whole origins.`,
  ],
  'preflight-refused': [
    'error',
    (status: number) =>
      `The token endpoint answers the preflight (OPTIONS) with ${status}: the browser never sends the request itself. Let OPTIONS pass without a session and answer 204 with the CORS headers.`,
  ],
  'preflight-headers': [
    'error',
    (names: string) =>
      `The preflight (OPTIONS) does not allow the headers ${names}. Name them in Access-Control-Allow-Headers; with credentials "*" does not count.`,
  ],
  'preflight-origin': [
    'error',
    (origin: string) =>
      `The preflight (OPTIONS) does not allow the origin ${origin} with credentials. Send Access-Control-Allow-Origin and Access-Control-Allow-Credentials in the answer to OPTIONS too.`,
  ],

  // Dynamics
  'contact-active': ['note', () => 'The contact exists in this Dynamics organisation and is active.'],
  'contact-inactive': [
    'error',
    () =>
      'The contact exists in this Dynamics organisation but is inactive: the agent gets no record. Reactivate it, or let the site find the active one (after a merge, the master).',
  ],
  'contact-elsewhere': [
    'error',
    (table: string) =>
      `The GUID in "sub" belongs to ${table} in this Dynamics organisation, not to a contact. Send the column contactid of the visitor's contact.`,
  ],
  'contact-not-found': [
    'error',
    () =>
      'This Dynamics organisation has no contact with that GUID. The site asks another organisation (production against staging), the contact was deleted, or the GUID is of another table.',
  ],
  'contact-name-differs': [
    'warning',
    (claims: string) =>
      `The contact has another name in Dynamics than the token (${claims}). It may have been renamed, or it is the wrong contact: look at the record.`,
  ],
  'dynamics-failed': ['warning', (reason: string) => `The contact was not looked up in Dynamics. ${reason}`],
  'contact-not-checked': [
    'warning',
    () => 'The contact was not looked up in Dynamics, as the token has no GUID in "sub". Correct that first.',
  ],
} as const satisfies FindingTable;
