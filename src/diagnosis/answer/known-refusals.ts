/**
 * Recognises from the answer's text or headers which server refused a request, and why.
 *
 * @module
 */
import { type Finding, finding } from '../findings/finding.js';

interface Refusal {
  /** `any`: also with a status of success. */
  statuses: readonly number[] | 'any';
  /** What the body says. */
  body?: RegExp;
  /** A header, and what it says. */
  header?: readonly [name: string, value: RegExp];
  fact: string;
  remedy: string;
}

const exempt = 'Exempt the address of the token endpoint from that rule.';

const refusals: readonly Refusal[] = [
  {
    statuses: 'any',
    header: ['cf-mitigated', /challenge/],
    fact: 'Cloudflare asks for a proof that this is a browser (a challenge)',
    remedy: exempt,
  },
  {
    statuses: 'any',
    header: ['x-amzn-waf-action', /./],
    fact: "Amazon's firewall (AWS WAF) asks for a proof that this is a browser",
    remedy: exempt,
  },
  {
    statuses: 'any',
    body: /_Incapsula_Resource/,
    fact: 'the firewall Imperva (Incapsula) answers in place of the endpoint',
    remedy: exempt,
  },
  {
    statuses: [403, 503],
    body: /used Cloudflare to restrict access|<title>(Just a moment|Attention Required)/,
    fact: 'a rule of Cloudflare refused the request',
    remedy: exempt,
  },
  {
    statuses: [403],
    header: ['server', /AkamaiGHost/],
    fact: 'Akamai, in front of the endpoint, refused the request',
    remedy: exempt,
  },
  {
    statuses: [403],
    body: /web app is stopped/i,
    fact: 'the web app is stopped (Azure App Service)',
    remedy: 'Start the app in the Azure portal.',
  },
  {
    statuses: [400, 413, 431, 494],
    body: /(header|cookie)s? (or cookie |fields? )?too (large|long|big)/i,
    fact: 'the headers of the request are too large, mostly because of its cookies',
    remedy: 'Raise the limit of the server or the proxy, or let the site set fewer and smaller cookies.',
  },
  {
    statuses: [431],
    fact: 'the headers of the request are too large, mostly because of its cookies',
    remedy: 'Raise the limit of the server or the proxy, or let the site set fewer and smaller cookies.',
  },
  {
    statuses: [400],
    body: /plain HTTP request was sent to (an )?HTTPS port/i,
    fact: 'the request came over http to a port of https',
    remedy: 'Write https:// in the address.',
  },
  {
    statuses: [400, 200],
    body: /GRAPHQL_(VALIDATION|PARSE)_FAILED|POST body missing|Must provide query string|"Cannot query field/,
    fact: 'this is a GraphQL server, and the request has no query that it knows',
    remedy: 'Send the query in fetchToken, as docs/front-end.md shows, and correct the names of its fields.',
  },
  {
    statuses: [401],
    body: /missing subscription key|invalid subscription key/i,
    fact: 'the gateway (Azure API Management) wants a subscription key',
    remedy: 'Require none for this address: a key in a page is public.',
  },
  {
    statuses: [401],
    header: ['set-cookie', /_vercel_sso_nonce/],
    fact: 'the deployment is protected (Vercel), so nobody reaches the endpoint without signing in to Vercel',
    remedy: 'Switch Deployment Protection off for this deployment, or use the production address.',
  },
  {
    statuses: [404],
    body: /"rest_no_route"/,
    fact: 'WordPress has no REST route at this address for this method',
    remedy: 'Is the plugin that registers the route active, and are namespace and path spelt right?',
  },
  {
    statuses: [404],
    body: /Cannot (GET|POST) \//,
    fact: 'the server has no route for this method and path',
    remedy: "Compare both with the route in the site's code, and with the bridge's httpMethod.",
  },
  {
    statuses: 'any',
    body: /"code"\s*:\s*"0x80[\da-f]{6}"/i,
    fact: 'the answer is a refusal by Dataverse, which the site passes on',
    remedy: 'docs/dynamics-setup.md explains its code. Let the site answer 500 then, without the text.',
  },
  {
    statuses: [400],
    body: /Invalid Hostname/i,
    fact: 'the web server has no site for this host name',
    remedy:
      'Check the host in the address, and the bindings of the server (in IIS: the host name of the site).',
  },
  {
    statuses: [406],
    fact: 'the endpoint cannot produce what the request accepts (JSON or plain text)',
    remedy: 'Answer application/json.',
  },
  {
    statuses: [411, 415],
    fact: 'the endpoint demands a body, and the bridge sends none',
    remedy: "Let the endpoint take a request without a body, or set the bridge's httpMethod to GET.",
  },
  {
    statuses: [421],
    fact: 'the server does not serve this host name on this connection',
    remedy: 'Check the host in the address, and the certificate and the virtual host of the server.',
  },
];

/** Returns the finding for a known refusal, or `undefined` for any other answer. */
export function knownRefusal(status: number, body: string, headers: Headers): Finding | undefined {
  const text = body.slice(0, 20_000);
  const found = refusals.find(
    (refusal) =>
      (refusal.statuses === 'any' || refusal.statuses.includes(status)) &&
      (!refusal.body || refusal.body.test(text)) &&
      (!refusal.header || refusal.header[1].test(headers.get(refusal.header[0]) ?? '')),
  );
  return found && finding('refused-on-the-way', status, found.fact, found.remedy);
}
