/**
 * What a token endpoint can answer, good and bad. Both phone files are run against this one table.
 *
 * @module
 */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** Sends an answer. `token` belongs to the session key of the request. */
type Send = (response: ServerResponse, token: string) => void;

/** Has the form of a token, but must never reach the SDK. */
const wrong = 'head.wrong.sign';

const send =
  (status: number, body: (token: string) => string | Buffer, headers: Record<string, string> = {}): Send =>
  (response, token) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body(token));
  };

const json = (token: string) => JSON.stringify({ token });

/** Answers that hold a token. */
export const accepted: Record<string, Send> = {
  ok: send(200, json, { 'Cache-Control': 'max-age=3600' }),
  cookie: send(200, json, { 'Set-Cookie': 'sid=former; Path=/' }),
  'more-fields': send(200, (token) => JSON.stringify({ user: { token: wrong }, token, expires: 7200 })),
  escaped: send(200, (token) => `{"t\\u006fken":"${token.replaceAll('.', '\\u002e')}"}`),
  'byte-order-mark': send(200, (token) => `\ufeff${json(token)}`),
  'white-space': send(200, (token) => `\r\n ${json(token)}\n`),
  'plain-text-type': send(200, json, { 'Content-Type': 'text/plain' }),
  'long-header': send(200, json, { 'X-Long': 'a'.repeat(30_000) }),
};

/** Answers that hold no token. The SDK gets an empty string at once. */
export const refused: Record<string, Send> = {
  ...Object.fromEntries([201, 206, 401, 403, 404, 500].map((status) => [`${status}`, send(status, json)])),
  redirect: send(302, json, { Location: '/ok' }),
  nested: send(200, () => `{"csrf":{"token":"${wrong}"}}`),
  'null-and-nested': send(200, () => `{"token":null,"previous":{"token":"${wrong}"}}`),
  list: send(200, () => `[{"token":"${wrong}"}]`),
  'json-string': send(200, () => JSON.stringify(wrong)),
  'plain-token': send(200, () => wrong),
  'token-in-a-string': send(200, () => JSON.stringify({ hint: `"token":"${wrong}"` })),
  'token-in-a-name': send(200, () => `{"x\\"token":"${wrong}"}`),
  'sign-in-page': send(200, () => `<!doctype html><script>var page = {"token": "${wrong}"}</script>`),
  'text-before': send(200, () => `Warning: deprecated {"token":"${wrong}"}`),
  'text-behind': send(200, () => `{"token":"${wrong}"}0`),
  'two-objects': send(200, () => `{"token":"${wrong}"}{"token":"${wrong}"}`),
  number: send(200, () => '{"token":1.5}'),
  object: send(200, () => '{"token":{}}'),
  'empty-token': send(200, () => '{"token":""}'),
  nothing: send(200, () => ''),
  'one-part': send(200, () => '{"token":"abc"}'),
  'two-parts': send(200, () => '{"token":"a.b"}'),
  prefix: send(200, () => `{"token":"Bearer ${wrong}"}`),
  newline: send(200, () => `{"token":"${wrong}\\n"}`),
  script: send(200, () => `{"token":"a.b.c'); alert(1"}`),
  'other-alphabet': send(200, () => '{"token":"é.é.é"}'),
  'wrong-escape': send(200, () => '{"token":"\\u00zz"}'),
  deep: send(200, () => `{"a":${'['.repeat(30_000)}`),
  long: send(200, () => `{"token":"${wrong}","a":"${'a'.repeat(200_000)}"}`),
  'long-after-the-object': send(200, () => `{"token":"${wrong}"}${' '.repeat(200_000)}`),
  'long-when-unpacked': send(200, () => gzipSync(`{"token":"${wrong}","a":"${'a'.repeat(5_000_000)}"}`), {
    'Content-Encoding': 'gzip',
  }),
  cut: ({ socket }) => {
    socket?.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"token":"');
  },
  'hang-up': ({ socket }) => void socket?.destroy(),
};
