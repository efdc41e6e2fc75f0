/**
 * The findings about how a token endpoint's answer is delivered: caches, other origins, transport and clock.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

export const deliveryFindings = {
  // Caching
  'cached-answer': [
    'error',
    (how: string) =>
      `This answer came out of a cache (${how}): visitors get a refusal or a token that was meant for others, and then the agent sees the wrong person. Exempt the address from the CDN or proxy, and send "Cache-Control: no-store".`,
  ],
  'perhaps-cached': [
    'note',
    (name: string, value: string) =>
      `The header ${name} says ${value}. A guess: the header speaks of a part of the answer, or of a cache behind the endpoint. If a cache gives this answer to several visitors, exempt the address.`,
  ],
  'shared-cacheable': [
    'error',
    (directive: string) =>
      `Caches on the way may keep what this address answers (${directive}) and hand one visitor's token to another. Send "Cache-Control: no-store".`,
  ],
  'not-no-store': [
    'warning',
    (value: string) =>
      `The answer ${value}, so that a browser or proxy may keep the token beyond its life or its visitor. Send "Cache-Control: no-store".`,
  ],
  vary: [
    'warning',
    (missing: string) =>
      `Vary does not name ${missing}, on which the answer depends. Send "Vary: Cookie, Authorization, Origin" beside "Cache-Control: no-store".`,
  ],

  // Other origins
  'cors-any-origin': [
    'error',
    () =>
      '"Access-Control-Allow-Origin: *" fails as soon as cookies are sent along, and without cookies every page on the web can read the token. Echo the origin of the site, only that one.',
  ],
  'cors-null-origin': [
    'error',
    () =>
      '"Access-Control-Allow-Origin: null" lets any sandboxed frame read the token. Allow the origin of the site by name instead.',
  ],
  'cors-malformed': [
    'error',
    () =>
      'Access-Control-Allow-Origin must be exactly one origin, such as https://www.example.com, without path or slash at the end. Browsers refuse anything else; make sure that only one layer sets it.',
  ],
  'cors-origin-refused': [
    'error',
    (origin: string) =>
      `The answer does not allow the origin ${origin}: a page there cannot read the token. Add that origin to the handler's allowedOrigins.`,
  ],
  'cors-no-credentials': [
    'error',
    () =>
      'Another origin is allowed, but "Access-Control-Allow-Credentials: true" is missing: the browser keeps the answer from the page as soon as cookies are sent along. Add it, exactly so.',
  ],
  'date-not-exposed': [
    'note',
    () =>
      `Pages of another origin cannot read the Date header. "Access-Control-Expose-Headers: Date" lets the bridge see the server's clock when the visitor's is wrong.`,
  ],
  'age-not-exposed': [
    'note',
    () =>
      `Pages of another origin cannot read the Age header. "Access-Control-Expose-Headers: Date, Age" lets the bridge refuse an answer that a cache kept for another visitor.`,
  ],

  // Transport and clock
  'not-https': [
    'error',
    () =>
      'The token travels over plain http: anyone on the network path can read it and chat as the visitor. Serve the endpoint over https.',
  ],
  'date-missing': [
    'note',
    () =>
      'The answer has no readable Date header, so the times were compared with the clock of this machine.',
  ],
  'saved-answer': [
    'note',
    (age: string) =>
      `According to its Date header, this answer was saved ${age} ago. If you have only just saved it, the server's clock is behind: let it follow a time server.`,
  ],
  'server-clock': [
    'warning',
    (difference: string) =>
      `The server's clock is ${difference} the one of this machine. One of them is wrong; if it is the server's, its tokens start or end at the wrong time: let it follow a time server.`,
  ],
} as const satisfies FindingTable;
