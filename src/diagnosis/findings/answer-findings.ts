/**
 * The findings about the answer of a token endpoint.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

export const answerFindings = {
  // Status
  'redirected-to-login': [
    'error',
    (to: string) =>
      `The token endpoint redirects to ${to}, which looks like a login page: it did not recognise a signed-in visitor. Ask with the cookie of one, and let the endpoint answer 401 instead of redirecting those who are not.`,
  ],
  'redirected-to-final-address': [
    'error',
    (to: string, change: string) =>
      `The token endpoint redirects to ${to}, which is the same address ${change}. The bridge follows no redirects: use that final address as the token endpoint.`,
  ],
  redirected: [
    'error',
    (to: string) =>
      `The token endpoint redirects${to}, and the bridge follows no redirects. If that is a login page, the visitor is not signed in for the endpoint; otherwise use the final address (https, www, trailing slash).`,
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
      'The token endpoint sees no signed-in visitor (401, or the same in words). That is right for a guest. For a visitor who is signed in, check that the session cookie (or Authorization header) reaches the endpoint: its Domain, Path, Secure and SameSite, and on WordPress the REST nonce.',
  ],
  'no-contact': [
    'error',
    () =>
      'The token endpoint answered "no-contact" (403): the visitor is signed in but has no active contact in the CRM. Create or reactivate the contact, or check by which column the site looks it up.',
  ],
  'foreign-origin': [
    'error',
    () =>
      `The token endpoint answered "foreign-origin" (403): the page that asked is not one it allows. Add the origin of the site to the handler's allowedOrigins.`,
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

  // Body
  'empty-answer': [
    'error',
    () =>
      'The token endpoint answered without a body. It must answer JSON such as { "token": "..." }, or 401 when nobody is signed in.',
  ],
  'headers-alone': [
    'error',
    () =>
      'These are only the headers of an answer, as `curl -I` saves them: it sends HEAD, and only GET returns a token. Save the answer with `curl -i`; if that brings no body either, let the endpoint answer JSON such as { "token": "..." }.',
  ],
  'answer-incomplete': [
    'error',
    () =>
      'The headers of the answer came, but its body stalled or broke off. Look for a proxy that buffers, or a wrong Content-Length.',
  ],
  'answer-utf16': [
    'error',
    () => 'The answer is in UTF-16, which the bridge does not read. Send JSON in UTF-8 (RFC 8259).',
  ],
  'endpoint-encoding': [
    'error',
    () =>
      'The body of the answer is not in the encoding that its Content-Encoding announces: no browser can read it. Something compresses twice, or not at all, or removes the header. Switch compression off for this address.',
  ],
  'answer-too-long': [
    'error',
    (limit: string) =>
      `The answer is longer than ${limit}. No token is that long. Is this the address of the token endpoint?`,
  ],
  'login-page': [
    'error',
    () =>
      'This is a login page, not a token: the request came without a signed-in visitor. The endpoint should answer such requests with 401, never with a page. (If this is the address of a page with the chat: `live-assist-bridge diagnose --page URL`.)',
  ],
  'html-page': [
    'error',
    (hasTag: boolean) =>
      hasTag
        ? "This is the HTML page with the bridge's tag, not a token. Give the address that the tag names in data-token-endpoint. To examine the page itself: `live-assist-bridge diagnose --page URL`."
        : "This is an HTML page, not a token. Is this the token endpoint's address, and does a single-page app or an error page answer in its place? To examine a page with the chat: `live-assist-bridge diagnose --page URL`.",
  ],
  'json-broken': [
    'error',
    () =>
      'The answer begins like JSON but is not valid JSON: it was cut, or put together by hand. Serialise it with a JSON library.',
  ],
  'source-code': [
    'error',
    (language: string) =>
      `The server answers with the source code of a program (${language}) instead of running it, secrets included. Configure the server to run it, and replace every secret that the file holds.`,
  ],
  'php-failed': [
    'error',
    (kind: string) =>
      `PHP stopped with a message ("${kind}") in place of an answer. Correct its cause, and turn display_errors off: messages belong in the log.`,
  ],
  'value-missing': [
    'error',
    (what: string) =>
      `The answer has ${what} in place of the token: the server did not have the value, or not yet. Answer 401 when nobody is signed in, and 500 when the token could not be made.`,
  ],
  'refusal-in-json': [
    'error',
    (field: string) =>
      `The endpoint answered with success, and its JSON says that it failed (in the field ${field}). Answer with the status itself: 401 when nobody is signed in, 403 without a contact, 500 for a failure.`,
  ],
  'xml-answer': [
    'error',
    (isDotNet: boolean) =>
      `The answer is XML, not a token. ${isDotNet ? 'In ASP.NET, return JSON: Json(new { token }), or produce application/json only.' : 'Let the endpoint answer JSON such as { "token": "..." }.'}`,
  ],
  'text-before-json': [
    'error',
    (php: string | undefined) =>
      php
        ? `PHP printed a message ("${php}") before the JSON. Correct its cause, and turn display_errors off: messages belong in the log.`
        : 'There is other text before the JSON. Find what prints it (a warning, a debug line, an empty line of an include), and let the endpoint print the JSON alone.',
  ],
  'text-after-json': [
    'error',
    () =>
      'There is other text after the JSON. WordPress appends 0 to admin-ajax.php unless the action ends with wp_die(): end it with wp_send_json(). Elsewhere, stop the script after the JSON.',
  ],
  'xssi-prefix': [
    'error',
    () =>
      "The JSON has a prefix against script inclusion, such as )]}',. The bridge reads plain JSON: switch the prefix off for this address.",
  ],
  jsonp: [
    'error',
    () =>
      'The answer is JSONP, a call of a function. Any page on the web can run it and take the token: answer plain JSON.',
  ],
  'list-answer': [
    'error',
    () => 'The answer is a list. Answer an object with the token: { "token": "..." }.',
  ],
  'json-in-json': [
    'error',
    () => 'The JSON was serialised twice: it is a text inside JSON. Serialise the object once.',
  ],
  'errors-in-json': [
    'error',
    () =>
      'The endpoint answered 200 with errors in the JSON that are not about signing in. The bridge reports them as "endpoint-failed". The reason is in the "errors" of the answer and in the log of the server.',
  ],
  'byte-order-mark': [
    'note',
    (what: string) =>
      `There is ${what} before the answer. The bridge ignores it, and other readers may not: save the server's files as UTF-8 without a byte order mark.`,
  ],
  'token-field-missing': [
    'error',
    (field: string, found: string) =>
      `The answer has no token in its field ${field}; ${found}. Answer { "token": "..." }, or name the field in the bridge's tokenField.`,
  ],
  'other-token-field': [
    'error',
    (field: string, path: string) =>
      `The token is in the field ${path}, the bridge looks in ${field}. Set its tokenField (data-token-field on the tag) to ${path}, or rename the field.`,
  ],
  'token-field-dotted': [
    'error',
    (path: string) =>
      `The token is in the field ${path}, whose name has a dot. The bridge's tokenField takes a dot for a step into an object and cannot name it: rename the field.`,
  ],
  'token-not-text': [
    'error',
    (field: string, type: string) =>
      `The field ${field} holds ${type} instead of the token's text. Put the compact token there: three parts joined by dots.`,
  ],
  'content-type': [
    'warning',
    (type: string) =>
      `The answer's Content-Type is ${type}. Send application/json with { "token": "..." }, or text/plain with the bare token.`,
  ],

  // Caching
  'cached-answer': [
    'error',
    (how: string) =>
      `This answer came out of a cache (${how}): visitors get what was meant for others, a refusal or a token, and then the agent sees the wrong person. Exempt the address from the CDN or proxy, and send "Cache-Control: no-store".`,
  ],
  'perhaps-cached': [
    'note',
    (name: string, value: string) =>
      `The header ${name} says ${value}. A guess: it speaks of a part of the answer, or of a cache behind the endpoint. If a cache gives this answer to several visitors, exempt the address.`,
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
      `This answer was saved ${age} ago, by its Date. If it has only just come, the server's clock is behind: let it follow a time server.`,
  ],
  'server-clock': [
    'warning',
    (difference: string) =>
      `The server's clock is ${difference} the one of this machine. One of them is wrong; if it is the server's, its tokens start or end at the wrong time: let it follow a time server.`,
  ],
} as const satisfies FindingTable;
