/**
 * The findings about the body of a token endpoint's answer.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

export const bodyFindings = {
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
      'This is a sign-in page, not a token: the request came without a signed-in visitor. The endpoint should answer such requests with 401, never with a page. (If this is the address of a page with the chat: `npx live-assist-bridge diagnose --page URL`.)',
  ],
  'html-page': [
    'error',
    (what: string, hasTag: boolean) =>
      hasTag
        ? `This is ${what} with the bridge's tag, not a token. Give the address that the tag names in data-token-endpoint. To examine the page itself: \`npx live-assist-bridge diagnose --page URL\`.`
        : `This is ${what}, not a token. Is this the token endpoint's address, and does a single-page app or an error page answer in its place? To examine a page with the chat: \`npx live-assist-bridge diagnose --page URL\`.`,
  ],
  'json-broken': [
    'error',
    (isPasted: boolean) =>
      isPasted
        ? 'This begins like JSON but is not valid JSON. If a program or its console printed it, copy the token alone. If the endpoint answered it, it was cut, or put together by hand: serialise it with a JSON library.'
        : 'The answer begins like JSON but is not valid JSON: it was cut, or put together by hand. Serialise it with a JSON library.',
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
    (php: string | undefined, isPasted: boolean) =>
      php
        ? `PHP printed a message ("${php}") before the JSON. Correct its cause, and turn display_errors off: messages belong in the log.`
        : isPasted
          ? 'There is other text before the JSON. If it comes from the program that asked or stored it, copy the JSON alone. If the endpoint printed it, find its cause (a warning, a debug line), and let the endpoint print the JSON alone.'
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
      `The token is in the field ${path}, whose name has a dot. In the bridge's tokenField, a dot is a step into an object, so tokenField cannot name this field: rename the field.`,
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
} as const satisfies FindingTable;
