/**
 * Example facts for the findings about an answer, its delivery, and further requests.
 *
 * @module
 */
import type { answerFindings } from '../../../diagnosis/findings/answer-findings.js';
import type { probeFindings } from '../../../diagnosis/findings/probe-findings.js';
import type { ExampleFacts } from './example-facts.js';

export const answerFacts: ExampleFacts<typeof answerFindings> = {
  // Status
  'redirected-to-login': ['"/sign-in"'],
  'redirected-to-final-address': ['"https://www.example.com/live-assist/token"', 'with www'],
  redirected: [' to "/start"'],
  'csrf-refused': [403, true],
  'gateway-route-missing': [403],
  'action-not-registered': [400],
  'password-prompt': ['Basic'],
  'not-found': [404],
  'method-refused': [', only GET'],
  'rate-limited': [', and asks for a pause of 30 seconds'],
  'endpoint-failed': [500, 'it failed'],
  'unexpected-status': [418],
  'refused-on-the-way': [
    403,
    'Cloudflare asks for a proof that this is a browser (a challenge)',
    'Exempt the address of the token endpoint there.',
  ],
  'entra-refused': [
    '7000222',
    'The client secret has expired',
    'Create a new secret for the application, and set its value on the server.',
  ],

  // Body
  'answer-too-long': ['1 MB'],
  'html-page': ['an HTML page', false],
  'json-broken': [false],
  'source-code': ['PHP'],
  'php-failed': ['Fatal error'],
  'value-missing': ['"undefined"'],
  'refusal-in-json': ['"error"'],
  'xml-answer': [false],
  'text-before-json': [undefined, false],
  'byte-order-mark': ['a byte order mark'],
  'token-field-missing': ['"token"', 'it has "user", "expires"'],
  'other-token-field': ['"token"', '"data.jwt"'],
  'token-field-dotted': ['"live.token"'],
  'token-not-text': ['"token"', 'an object'],
  'content-type': ['"text/html"'],

  // Delivery
  'cached-answer': ['its Age is 30'],
  'perhaps-cached': ['"x-cache"', '"Hit"'],
  'shared-cacheable': ['"public"'],
  'not-no-store': ['has no Cache-Control header'],
  vary: ['Cookie (or Authorization)'],
  'cors-origin-refused': ['"https://www.example.com"'],
  'saved-answer': ['3 hours'],
  'server-clock': ['5 minutes behind'],
};

export const probeFacts: ExampleFacts<typeof probeFindings> = {
  'endpoint-unreachable': ['nothing listens there (ECONNREFUSED)'],
  'endpoint-certificate': ['CERT_HAS_EXPIRED'],
  'endpoint-behind-proxy': ['its name is not known (ENOTFOUND)', 'HTTPS_PROXY'],
  'guest-refused': [401],
  'guest-redirected': [' to "/sign-in"'],
  'endpoint-silent': [8000],
  'origin-lookalike': ['"https://www.example.com.live-assist-bridge.invalid"'],
  'preflight-refused': [401],
  'preflight-headers': ['x-csrf-token'],
  'preflight-origin': ['"https://www.example.com"'],
  'contact-elsewhere': ['an account'],
  'contact-name-differs': ['family_name'],
  'dynamics-failed': ['Dynamics refused the access token. Get a new one.'],
};
