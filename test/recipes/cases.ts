/**
 * The one table of cases: what each input leads to, in every language. is-a-token-endpoint.ts runs it.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { StoredContact } from './dataverse-double.js';

/** A status of the endpoint, and the sentence in its log if there is one. */
export interface Outcome {
  status: 200 | 401 | 403 | 500 | 503;
  log?: RegExp;
}

export const guid = (n: number) => `a0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const ada = {
  contactid: '3F2504E0-4F89-41D3-9A0C-0305E82C3301',
  firstname: 'Ada',
  lastname: 'Lovelace',
  emailaddress1: 'ada@example.com',
  statecode: 0,
} satisfies StoredContact;
export const adasId = ada.contactid.toLowerCase();

export const contacts: StoredContact[] = [
  ada,
  {
    ...ada,
    contactid: guid(2),
    firstname: 'Seán',
    lastname: "O'Brien",
    emailaddress1: "o'brien@example.com",
  },
  {
    ...ada,
    contactid: guid(3),
    firstname: '李 "Zoë"',
    lastname: 'Łódź\\{} 😀',
    emailaddress1: 'zoë@example.com',
  },
  { ...ada, contactid: guid(4), firstname: null, lastname: '', emailaddress1: 'nameless@example.com' },
  { ...ada, contactid: guid(5), emailaddress1: 'gone@example.com', statecode: 1 },
  { ...ada, contactid: guid(6), emailaddress1: 'twins@example.com' },
  { ...ada, contactid: guid(7), emailaddress1: 'twins@example.com' },
  { ...ada, contactid: guid(8), emailaddress1: 'josé@example.com' },
  { ...ada, contactid: guid(9), emailaddress1: 'mi\u212Ae@example.com' },
  { ...ada, contactid: guid(10), emailaddress1: 'a+b&c=d%20e@example.com' },
  // Dynamics cuts a name at its column's length, which may halve an emoji.
  {
    ...ada,
    contactid: guid(11),
    firstname: 'Ada \ud83d',
    lastname: '\ude00 \\ud83d 😀\ude00',
    emailaddress1: 'cut@example.com',
  },
];

/** Visitors whose contact is found, and what the token says of it. */
export const found: [name: string, visitor: string, sub: string, given?: string, family?: string][] = [
  ['an address', 'ada@example.com', adasId, 'Ada', 'Lovelace'],
  ['an address with an apostrophe', "o'brien@example.com", guid(2), 'Seán', "O'Brien"],
  ['an address with letters beyond ASCII', 'zoë@example.com', guid(3), '李 "Zoë"', 'Łódź\\{} 😀'],
  ["an address with a URL's own characters", 'a+b&c=d%20e@example.com', guid(10), 'Ada', 'Lovelace'],
  ['an address in capitals', 'ADA@Example.COM', adasId, 'Ada', 'Lovelace'],
  ['a GUID in lower case', adasId, adasId, 'Ada', 'Lovelace'],
  ['a GUID in upper case', ada.contactid, adasId, 'Ada', 'Lovelace'],
  ['a GUID in braces', `{${ada.contactid}}`, adasId, 'Ada', 'Lovelace'],
  ['a GUID without dashes', adasId.replaceAll('-', ''), adasId, 'Ada', 'Lovelace'],
  ['an address whose contact has no names', 'nameless@example.com', guid(4)],
  [
    'an address whose contact has halves of emojis in its names',
    'cut@example.com',
    guid(11),
    'Ada \ufffd',
    '\ufffd \\ud83d 😀\ufffd',
  ],
];

const notAnId = /: The visitor's id is neither a GUID nor an e-mail address\. /;

/** Visitors who have no contact. */
export const unknown: [name: string, visitor: string, log?: RegExp][] = [
  ['unknown', 'nobody@example.com'],
  ['inactive', 'gone@example.com'],
  ['inactive, by its GUID', guid(5)],
  ['the one whose address differs by an accent', 'jose@example.com'],
  ['the one whose address only looks alike', 'mike@example.com'],
  ['the one with a capital beyond ASCII', 'ZOË@example.com'],
  ['an attempt to change the query', "x@x' or emailaddress1 eq 'ada@example.com"],
  ['an attempt to change the query, with the quote encoded', 'x%27 or 1 eq 1 or emailaddress1 eq %27@'],
  ['a GUID with a line break after it', `${ada.contactid}\n`, notAnId],
  ['a GUID with an open brace', `{${ada.contactid}`, notAnId],
  ['a GUID with one digit missing', adasId.slice(1), notAnId],
  ['a number', '42', notAnId],
  ['a name', 'Ada Lovelace', notAnId],
];

type Requested = (own: string) => [name: string, value: string][];

/** Headers of pages that must never get a token. `own` is the endpoint's host. */
export const foreign: [name: string, headers: Requested][] = [
  [
    'a page of another site',
    () => [
      ['Sec-Fetch-Site', 'cross-site'],
      ['Origin', 'https://evil.example'],
    ],
  ],
  ['a page of another site that hides its origin', () => [['Sec-Fetch-Site', 'cross-site']]],
  ['a page of a sister host', () => [['Sec-Fetch-Site', 'same-site']]],
  ['an older browser on another site', () => [['Origin', 'https://evil.example']]],
  ['an older browser in a sandboxed frame', () => [['Origin', 'null']]],
  ['an older browser on a host whose name begins alike', (own) => [['Origin', `http://${own}.evil.example`]]],
  ['an older browser on another port', () => [['Origin', 'http://127.0.0.1:1']]],
  [
    'two Origin headers, the own one first',
    (own) => [
      ['Origin', `http://${own}`],
      ['Origin', 'https://evil.example'],
    ],
  ],
  [
    'two Origin headers, the own one last',
    (own) => [
      ['Origin', 'https://evil.example'],
      ['Origin', `http://${own}`],
    ],
  ],
];

export const own: [name: string, headers: Requested][] = [
  ['a page of the site', () => [['Sec-Fetch-Site', 'same-origin']]],
  ['an address typed by the visitor', () => [['Sec-Fetch-Site', 'none']]],
  ['an older browser on the site', (own) => [['Origin', `http://${own}`]]],
  ['an older browser, with TLS ending at a proxy', (own) => [['Origin', `https://${own}`]]],
  ['a phone or a server, which sends neither header', () => []],
];

export const otherMethods = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'PROPFIND'];

/** What is added to the endpoint's path. A CDN that caches by extension would keep such an answer. */
export const otherPaths = ['/', '/a.css', '/x/y.js', '%2Fa.css', '%3Fa.css', '.css', ';a.css', '/.%2e/a.css'];

const rows = (...list: unknown[]) => JSON.stringify({ '@odata.context': 'c', value: list });
const good = rows(ada);
const answers =
  (text: string | Uint8Array, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(text);
/** Writes to the socket what a real server never would. */
const raw = (text: string) => (response: ServerResponse) => void response.socket?.end(text);
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n';

const drip = (response: ServerResponse, first: string, next: string) => {
  response.socket?.write(first);
  const timer = setInterval(() => response.socket?.write(next), 1000);
  response.socket?.on('close', () => clearInterval(timer)).on('error', () => clearInterval(timer));
};

/** Sends until nobody listens any more. */
const endless = (response: ServerResponse, status = 200) => {
  const block = Buffer.alloc(65536, ' ');
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.write('{"value":[');
  const send = () => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', send).on('error', () => undefined);
  send();
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

const ok: Outcome = { status: 200 };
const failed = (log: RegExp): Outcome => ({ status: 500, log });
const late: Outcome = { status: 503, log: tooSlow };

/** Answers of Dynamics to the look-up of ada@example.com. */
export const lookups: [name: string, answer: (response: ServerResponse) => void, outcome: Outcome][] = [
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
  ['a line break inside of a text', answers(good.replace('Ada', 'A\nda')), failed(noJson)],
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

const dataverseRefusal = (code: string) =>
  answers(JSON.stringify({ error: { code, message: 'secret@example.com' } }), 403);
const refused = (code: string, remedy: RegExp): (typeof lookups)[number] => [
  `403 with the number ${code}`,
  dataverseRefusal(code),
  failed(new RegExp(`: Dynamics answered 403 \\(${code}\\)\\. ${remedy.source}`)),
];

/** Refusals of Dynamics by their number. */
export const refusals = [
  refused('0x80072560', /Add the application user to this organisation\./),
  refused('0x80040225', /Enable the application user\./),
  refused('0x80095ffe', /Allow this server's address in the organisation's IP firewall\./),
  refused('0x80095ffc', /Allow the application in the organisation's access settings\./),
  refused('0x80040220', /Give the application user a role with Read on Contact\./),
  refused('0x80048306', /Give the application user's role Read on Contact at Organization level\./),
  refused('0x80099999', /Are the settings right, and may the application user read contacts\?/),
  [
    '403 with a number that is none',
    dataverseRefusal('ada@example.com'),
    failed(/: Dynamics answered 403\. Are /),
  ],
] satisfies typeof lookups;

const entra = (number: number) =>
  answers(
    JSON.stringify({
      error: 'invalid_client',
      error_description: `AADSTS${number}: secret@example.com. Trace ID: 1`,
      error_codes: [number],
    }),
    401,
  );
const who = ': DYNAMICS_TOKEN_URL';

/** Answers of Entra, the token address. */
export const grants: typeof lookups = [
  ['a page', answers('<html>Sign in</html>'), failed(new RegExp(`${who} answered no JSON object\\. `))],
  ['no token', answers('{"expires_in":3599}'), failed(new RegExp(`${who} answered no access token\\. `))],
  [
    'a token that is a number',
    answers('{"access_token":7}'),
    failed(new RegExp(`${who} answered no access token\\. `)),
  ],
  [
    'a token with a line break',
    answers('{"access_token":"a\\r\\nX-A: b"}'),
    failed(new RegExp(`${who} answered no access token\\. `)),
  ],
  [
    'headers only',
    (response) => response.flushHeaders(),
    { status: 503, log: new RegExp(`${who} did not answer within 5 seconds\\. `) },
  ],
  ['without end', (response) => endless(response), failed(new RegExp(`${who} answered more than 1 MB\\. `))],
  ...(
    [
      [7000222, /The client secret has expired\. Make a new one\./],
      [7000215, /The client secret is wrong\. Set its value, not its id\./],
      [700016, /DYNAMICS_CLIENT_ID is not known in this tenant\./],
      [90002, /The tenant in DYNAMICS_TOKEN_URL does not exist\./],
      [500011, /DYNAMICS_URL is not known in this tenant\./],
      [999999, /Are the settings right, and may the application user read contacts\?/],
    ] as const
  ).map<(typeof lookups)[number]>(([number, remedy]) => [
    `the refusal AADSTS${number}`,
    entra(number),
    failed(new RegExp(`${who} answered 401 \\(AADSTS${number}\\)\\. ${remedy.source}`)),
  ]),
];

const pem = { type: 'pkcs8', format: 'pem' } as const;
const pss = () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
/** jwt.io's sample key, which everybody can read there. */
export const publishedKey = `-----BEGIN PRIVATE KEY-----
MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQC7VJTUt9Us8cKj
MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu
NMoSfm76oqFvAp8Gy0iz5sxjZmSnXyCdPEovGhLa0VzMaQ8s+CLOyS56YyCFGeJZ
qgtzJ6GR3eqoYSW9b9UMvkBpZODSctWSNGj3P7jRFDO5VoTwCQAWbFnOjDfH5Ulg
p2PKSQnSJP3AJLQNFNe7br1XbrhV//eO+t51mIpGSDCUv3E0DDFcWDTH9cXDTTlR
ZVEiR2BwpZOOkE/Z0/BVnhZYL71oZV34bKfWjQIt6V/isSMahdsAASACp4ZTGtwi
VuNd9tybAgMBAAECggEBAKTmjaS6tkK8BlPXClTQ2vpz/N6uxDeS35mXpqasqskV
laAidgg/sWqpjXDbXr93otIMLlWsM+X0CqMDgSXKejLS2jx4GDjI1ZTXg++0AMJ8
sJ74pWzVDOfmCEQ/7wXs3+cbnXhKriO8Z036q92Qc1+N87SI38nkGa0ABH9CN83H
mQqt4fB7UdHzuIRe/me2PGhIq5ZBzj6h3BpoPGzEP+x3l9YmK8t/1cN0pqI+dQwY
dgfGjackLu/2qH80MCF7IyQaseZUOJyKrCLtSD/Iixv/hzDEUPfOCjFDgTpzf3cw
ta8+oE4wHCo1iI1/4TlPkwmXx4qSXtmw4aQPz7IDQvECgYEA8KNThCO2gsC2I9PQ
DM/8Cw0O983WCDY+oi+7JPiNAJwv5DYBqEZB1QYdj06YD16XlC/HAZMsMku1na2T
N0driwenQQWzoev3g2S7gRDoS/FCJSI3jJ+kjgtaA7Qmzlgk1TxODN+G1H91HW7t
0l7VnL27IWyYo2qRRK3jzxqUiPUCgYEAx0oQs2reBQGMVZnApD1jeq7n4MvNLcPv
t8b/eU9iUv6Y4Mj0Suo/AU8lYZXm8ubbqAlwz2VSVunD2tOplHyMUrtCtObAfVDU
AhCndKaA9gApgfb3xw1IKbuQ1u4IF1FJl3VtumfQn//LiH1B3rXhcdyo3/vIttEk
48RakUKClU8CgYEAzV7W3COOlDDcQd935DdtKBFRAPRPAlspQUnzMi5eSHMD/ISL
DY5IiQHbIH83D4bvXq0X7qQoSBSNP7Dvv3HYuqMhf0DaegrlBuJllFVVq9qPVRnK
xt1Il2HgxOBvbhOT+9in1BzA+YJ99UzC85O0Qz06A+CmtHEy4aZ2kj5hHjECgYEA
mNS4+A8Fkss8Js1RieK2LniBxMgmYml3pfVLKGnzmng7H2+cwPLhPIzIuwytXywh
2bzbsYEfYx3EoEVgMEpPhoarQnYPukrJO4gwE2o5Te6T5mJSZGlQJQj9q4ZB2Dfz
et6INsK0oG8XVGXSpQvQh3RUYekCZQkBBFcpqWpbIEsCgYAnM3DQf3FJoSnXaMhr
VBIovic5l0xFkEHskAjFTevO86Fsz1C2aSeRKSqGFoOQ0tmJzBEs1R6KqnHInicD
TQrKhArgLXX4v3CddjfTRJkFWDbE/CkvKZNOrcf1nhaGCPspRJj2KUkj1Fhl9Cnc
dn/RsYEONbwQSjIfMPkvxF+8HQ==
-----END PRIVATE KEY-----
`;
/** The key of RFC 7515, appendix A.2. */
export const keyOfRfc7515 = `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCh+BYK4uPJtGXO
jS1lYmM2K5J9vinh8CR3/BYlzJChNuOL2TSXxbbqY913EeZ8dCn5VrD7io8ImtxL
aYk8wTM/U+3QGbh3hCUv7JFP5IV3aVlL6kKA0ywPVb9ilE8TA5a8bpvfbr3SvaNn
juygxmj3AbONv/s4yDQs4v5tJ/reSlpIdJed1LnPmt7Ex1sFhSwsD174pcF1A5L5
ROjtZMEQxrZHYJqkeDrrnGya11UxMFBji4NmXG9veoKjlnAqH2QbgtPr8jkiGUkf
toaHLFcW9Qr4NY2ai50Xw0Byj3+H2JoY2PyrZ62EWQwuz3WTOTY8BwNNb2BvniHg
VFbK5emhAgMBAAECggEAEq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyW
PEAeP88vLNO97IjlA7/GQ5sLKMgvfTeXZx9SE+7YwVol2NXOoAJe46sui395IW/G
O+pWJ1O0BkTGoVEn2bKVRUCgu+GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzj
kn439X0M/V51gfpRLI9JYanrC4D4qAdGcopV/0ZHHzQlBjudU2QvXt4ehNYTCBr6
XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl/x/jTj3ccPDVZFD9pIuhLhBOneufuBiB
4cS98l2SR/RQyGWSeWjnczT0QU91p1DhOVRuOopznQKBgQDgHMQQ60imZV1URk0K
pLttoLhyt3SmqdEf/kgHePDdtzEafpAu+cS191R2JiuoF2yzWXnwFDcqGigp5BNr
0AHQfD8/Lk8l1Mk09jxxCfui5nYooNyac8YFjm3vItzVCVDnEd3BbVWG8qf6deqE
lMGAg+C2V0L4oNXnP7LZcPAZRwKBgQC5A8R+CZW2MvRTLLHzwZkUXV866cff7tx6
kqa0finGG0KgeqlaZPxgCZnFp7AeAcCMtiynVlJ7vMVgePsLq6XtON4tB5kP9jAP
rq3rbAOal78eUH5OcED6eNuCV8ixEu1eWcPNCS/l1OW1EnXUEoEHKl54Xrrz2uNw
kgMTP1FZ1wKBgAcCn1dwJKufzBWQxWQp1vsM5fggqPN1qGb5y0MAk3g7/Ls5bkUp
5u9SN0Ai3Ya6hNnvWJMb7sXQX6U/zyO2M/hTip7tUeh7CXgwo59dkpN75gJLVds2
9+DAncu3KXU4f2Fa+7bLNrur53k8KwPOq2bbuTG69QtV7Jr5MR0AHWKNAoGBAIf/
evpitUf+4JYbLpvNXWcY052Mpz22aR84mY3nh3F2LF2mjMJDpTg7FmuyPcVw6EcG
yoAe9fa65iNqCq+jdw6PVNGo2hxfjSiZ8IIzHdsPXI89//pMjZcQK9r+CCoRjaZj
OYiIDktVWZzmevJuv6WywUqd57LE3Zar3dLSIkx1AoGAIYd7DHOhrWvxkwPQsRM2
tOgrjbcrfvtQJipd+DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd/QJQ3
ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp/gh6A56
03k2+ZQwVK0JKSHuLFkuQ3U=
-----END PRIVATE KEY-----
`;
const file = 'LIVE_ASSIST_PRIVATE_KEY_FILE';
const says = (sentence: string) => failed(new RegExp(`: ${file} ${sentence}`));
const noKey = says('holds no RSA private key\\. Is it the file that begins with BEGIN PRIVATE KEY\\?');
const passPhrase = says('holds a key with a pass phrase\\. Keep the key without one\\.');
export const missingKey = says('cannot be read\\. Does the file exist, and may this process read it\\?').log;

export const encryptedKey = (key: string) =>
  createPrivateKey(key)
    .export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString();

/** What the key file may hold, made from the pair's private key as `generateKeys` gives it. */
export const keyFiles: [name: string, content: (key: string) => string | Buffer, outcome: Outcome][] = [
  ['the key as it was made', (key) => key, ok],
  ['Windows line ends', (key) => key.replaceAll('\n', '\r\n'), ok],
  ['a byte order mark before the key', (key) => `\ufeff${key}`, ok],
  ['text around the key', (key) => `Bag Attributes\n    friendlyName: chat\n${key}# end\n`, ok],
  ['the key on one line', (key) => key.replaceAll('\n', ''), ok],
  ['the key on one line, with spaces', (key) => key.replaceAll('\n', ' '), ok],
  ['the key on one line, with line breaks written as \\n', (key) => key.replaceAll('\n', '\\n'), ok],
  ['the key without its BEGIN and END lines', (key) => key.replace(/-----.*-----/g, '').trim(), ok],
  ['PKCS#1', (key) => createPrivateKey(key).export({ type: 'pkcs1', format: 'pem' }), ok],
  ['DER', (key) => createPrivateKey(key).export({ type: 'pkcs8', format: 'der' }), ok],
  ['PKCS#1 as DER', (key) => createPrivateKey(key).export({ type: 'pkcs1', format: 'der' }), ok],
  ['a key for RSA-PSS', () => pss().export(pem), says('holds a key for RSA-PSS\\. Make a pair for RS256\\.')],
  [
    'a key of another kind',
    () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem),
    noKey,
  ],
  [
    'a key of 1024 bits',
    () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(pem),
    says('holds a key of 1024 bits\\. Make a pair of 2048 bits\\.'),
  ],
  ['the public key', (key) => createPublicKey(key).export({ type: 'spki', format: 'pem' }), noKey],
  ['a key that is cut', (key) => key.slice(0, 900), noKey],
  ['a key with a letter missing', (key) => key.replace('MII', 'MI'), noKey],
  ['something else', () => 'rubbish', noKey],
  ['nothing', () => '', noKey],
  ['a key with a pass phrase', encryptedKey, passPhrase],
  [
    'PKCS#1 with a pass phrase',
    (key) =>
      createPrivateKey(key).export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'a' }),
    passPhrase,
  ],
  [
    "jwt.io's sample key",
    () => publishedKey,
    says('holds a key that has been published\\. Make a new pair\\.'),
  ],
  [
    "RFC 7515's sample key",
    () => keyOfRfc7515,
    says('holds a key that has been published\\. Make a new pair\\.'),
  ],
];

const notAnAddress = (name: string) =>
  failed(
    new RegExp(
      `: ${name} is not written like its example\\. Does it begin with https://, and is nothing like <tenant id> left in it\\?`,
    ),
  );

/** Settings that cannot be right. */
export const settings: [name: string, changes: Record<string, string>, outcome: Outcome][] = [
  ['no key file', { [file]: '/nowhere/private_key.pem' }, { status: 500, log: missingKey as RegExp }],
  ['a folder in place of the key file', { [file]: '/' }, { status: 500, log: missingKey as RegExp }],
  ['no name of a key file', { [file]: '' }, says('is not set\\. \\S')],
  ['no issuer', { LIVE_ASSIST_ISSUER: '' }, failed(/: LIVE_ASSIST_ISSUER is not set\. \S/)],
  ['no client secret', { DYNAMICS_CLIENT_SECRET: '' }, failed(/: DYNAMICS_CLIENT_SECRET is not set\. \S/)],
  ['a CRM without https://', { DYNAMICS_URL: 'contoso.crm4.dynamics.com' }, notAnAddress('DYNAMICS_URL')],
  [
    'a CRM that everybody between can read',
    { DYNAMICS_URL: 'http://contoso.crm4.dynamics.com' },
    notAnAddress('DYNAMICS_URL'),
  ],
  [
    'a CRM that only looks like this machine',
    { DYNAMICS_URL: 'http://127.0.0.1:80@evil.example' },
    notAnAddress('DYNAMICS_URL'),
  ],
  [
    "a CRM's page",
    { DYNAMICS_URL: 'https://contoso.crm4.dynamics.com/main.aspx?appid=1' },
    notAnAddress('DYNAMICS_URL'),
  ],
  [
    'a line break after the CRM',
    { DYNAMICS_URL: 'https://contoso.crm4.dynamics.com\n' },
    notAnAddress('DYNAMICS_URL'),
  ],
  [
    'a tenant that is not filled in',
    { DYNAMICS_TOKEN_URL: 'https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token' },
    notAnAddress('DYNAMICS_TOKEN_URL'),
  ],
];

const notDirect =
  /: LIVE_ASSIST_TRIAL_CONTACT is set, but this request did not come directly from this machine\. Remove the setting on a public site\./;
const local = (host: string) => ({ Host: host });

/** Guests' requests while `LIVE_ASSIST_TRIAL_CONTACT` is set. The peer is always this machine, as with a proxy on it. */
export const trials: [name: string, headers: (port: string) => Record<string, string>, outcome: Outcome][] = [
  ['localhost', (port) => local(`localhost:${port}`), ok],
  ['a name below localhost', (port) => local(`shop.localhost:${port}`), ok],
  ['127.0.0.1', (port) => local(`127.0.0.1:${port}`), ok],
  ['::1', (port) => local(`[::1]:${port}`), ok],
  ['the public name', () => local('www.example.com'), { status: 401, log: notDirect }],
  [
    'a name that begins like localhost',
    () => local('localhost.example.com'),
    { status: 401, log: notDirect },
  ],
  ['a name that ends like localhost', () => local('evil-localhost'), { status: 401, log: notDirect }],
  [
    'an address that begins like 127.0.0.1',
    () => local('127.0.0.1.example.com'),
    { status: 401, log: notDirect },
  ],
  ...[
    ['Forwarded', 'for=203.0.113.7'],
    ['X-Forwarded-For', '203.0.113.7'],
    ['X-Forwarded-For', '127.0.0.1'],
    ['X-Forwarded-Host', 'localhost'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Anything', ''],
  ].map<(typeof trials)[number]>(([name = '', value = '']) => [
    `a proxy on this machine that adds "${name}: ${value}"`,
    (port) => ({ ...local(`localhost:${port}`), [name]: value }),
    { status: 401, log: notDirect },
  ]),
];
