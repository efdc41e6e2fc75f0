/**
 * Answers of Dynamics to a look-up.
 *
 * @module
 */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { answers, endless, type Row } from './answer.js';
import { ada } from './contacts.js';
import { failed, type Outcome, ok } from './outcome.js';

const rows = (...list: unknown[]) => JSON.stringify({ '@odata.context': 'c', value: list });
const good = rows(ada);
/** Writes to the socket what a real server never would. */
const raw = (text: string) => (response: ServerResponse) => void response.socket?.end(text);
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n';

const drip = (response: ServerResponse, first: string, next: string) => {
  response.socket?.write(first);
  const timer = setInterval(() => response.socket?.write(next), 1000);
  response.socket?.on('close', () => clearInterval(timer)).on('error', () => clearInterval(timer));
};

const inChunks = (response: ServerResponse) => {
  response.write(good.slice(0, 9));
  response.end(good.slice(9));
};

const noJson = /: Dynamics answered no JSON object\. Is the address right\?/;
const noList = /: Dynamics answered no list of contacts\. Is DYNAMICS_URL right\?/;
const noGuid = /: Dynamics answered a contactid that is not a GUID\. Is DYNAMICS_URL right\?/;
const unreachable = /: Dynamics could not be reached\. Is the address right\?/;
const brokeOff = /: Dynamics broke off its answer\. /;
const tooMuch = /: Dynamics answered more than 1 MB\. Is the address right\?/;
export const tooSlow = /: Dynamics did not answer within 5 seconds\. /;

const late: Outcome = { status: 503, log: tooSlow };

/** Answers of Dynamics to the look-up of ada@example.com. */
export const lookups: Row[] = [
  ['a byte order mark before the JSON', answers(`\ufeff${good}`), ok],
  ['two byte order marks', answers(`\ufeff\ufeff${good}`), failed(noJson)],
  ['line breaks around the JSON', answers(`\r\n${good}\n`), ok],
  ['gzip that nobody asked for', answers(gzipSync(good), 200, { 'Content-Encoding': 'gzip' }), ok],
  [
    'gzip that is cut',
    answers(gzipSync(good).subarray(0, 40), 200, { 'Content-Encoding': 'gzip' }),
    failed(noJson),
  ],
  ['gzip that is none', answers(good, 200, { 'Content-Encoding': 'gzip' }), failed(noJson)],
  [
    'bytes that are not UTF-8',
    answers(Buffer.from(good.replace('Ada', 'Z\u00e9'), 'latin1')),
    failed(noJson),
  ],
  ['UTF-16', answers(Buffer.from(`\ufeff${good}`, 'utf16le')), failed(noJson)],
  ['chunks', inChunks, ok],
  ['no length, until the connection closes', raw(`${head}\r\n${good}`), ok],
  ['a Content-Length that is too great', raw(`${head}Content-Length: 9999\r\n\r\n${good}`), failed(brokeOff)],
  ['a Content-Length that is too small', raw(`${head}Content-Length: 20\r\n\r\n${good}`), failed(noJson)],
  ['a body that is cut', raw(`${head}\r\n${good.slice(0, -3)}`), failed(noJson)],
  ['the first chunks only', raw(`${head}Transfer-Encoding: chunked\r\n\r\n4\r\n{"va\r\n`), failed(brokeOff)],
  [
    'every chunk but not the end',
    raw(`${head}Transfer-Encoding: chunked\r\n\r\n${good.length.toString(16)}\r\n${good}\r\n`),
    failed(brokeOff),
  ],
  ['text after the JSON', answers(`${good}0`), failed(noJson)],
  ['two objects', answers(`${good}${good}`), failed(noJson)],
  ['text before the JSON', answers(`)]}',\n${good}`), failed(noJson)],
  ['a list in place of the object', answers(`[${good}]`), failed(noJson)],
  ['a text in place of the object', answers(JSON.stringify(good)), failed(noJson)],
  ['null', answers('null'), failed(noJson)],
  ['nothing', answers(''), failed(noJson)],
  ['single quotes', answers(good.replaceAll('"', "'")), failed(noJson)],
  ['a comma too many', answers(good.replace(']', ',]')), failed(noJson)],
  ['a number that JSON does not know', answers(good.replace('"c"', 'NaN')), failed(noJson)],
  ['a line break inside a text', answers(good.replace('Ada', 'A\nda')), failed(noJson)],
  ['a page', answers('<html data-is="value">Down for {"value":[]} maintenance</html>'), failed(noJson)],
  ['no list', answers('{"value":null}'), failed(noList)],
  ['an object in place of the list', answers('{"value":{"0":{}}}'), failed(noList)],
  ['a list further inside', answers(`{"d":${good}}`), failed(noList)],
  ['a row that is null', answers(rows(null)), failed(noList)],
  ['a row that is null beside a good one', answers(rows(ada, null)), failed(noList)],
  ['a row that is a list', answers(rows([ada])), failed(noList)],
  ['an empty list', answers(rows()), { status: 403 }],
  [
    'the contact of somebody else',
    answers(rows({ ...ada, emailaddress1: 'b@example.com' })),
    { status: 403 },
  ],
  ['an address that is a number', answers(rows({ ...ada, emailaddress1: 7 })), { status: 403 }],
  [
    'an address that is a list',
    answers(rows({ ...ada, emailaddress1: [ada.emailaddress1] })),
    { status: 403 },
  ],
  ['a contact without an id', answers(rows({ emailaddress1: ada.emailaddress1 })), failed(noGuid)],
  ['an id that is not a GUID', answers(rows({ ...ada, contactid: '42' })), failed(noGuid)],
  ['an id that is a number', answers(rows({ ...ada, contactid: 42 })), failed(noGuid)],
  ['103 before 200', raw(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${head}\r\n${good}`), ok],
  ['201', answers(good, 201), failed(/: Dynamics answered 201\. /)],
  ['206', answers(good, 206), failed(/: Dynamics answered 206\. /)],
  ['204', (response) => void response.writeHead(204).end(), failed(/: Dynamics answered 204\. /)],
  ['a redirect', answers('', 302, { Location: '/elsewhere' }), failed(/: Dynamics answered 302\. /)],
  ['500', answers('{}', 500), failed(/: Dynamics answered 500\. /)],
  ['an endless page of 500', (response) => endless(response, 500), failed(/: Dynamics answered 500\. /)],
  ['429', answers('{}', 429), failed(/: Dynamics answered 429\. It limits requests\. Try again later\./)],
  ['no HTTP', raw('SSH-2.0-OpenSSH_9.2\r\n'), failed(unreachable)],
  ['nothing, and hangs up', (response) => void response.socket?.destroy(), failed(unreachable)],
  ['without end', (response) => endless(response), failed(tooMuch)],
  [
    'gzip of 100 MB',
    answers(gzipSync(Buffer.alloc(1e8, ' ')), 200, { 'Content-Encoding': 'gzip' }),
    failed(tooMuch),
  ],
  ['headers only', (response) => response.flushHeaders(), late],
  ['one byte of the body each second', (response) => drip(response, `${head}\r\n{"value":[`, ' '), late],
  ['one byte of the headers each second', (response) => drip(response, `${head}X-Slow: `, 'a'), late],
];
