import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createMinter, createTokenHandler } from 'live-assist-bridge/server';
import { afterEach, describe, expect, it } from 'vitest';
import { isSameSite } from '../../../src/cli/probe/ask-endpoint.js';
import {
  contact,
  issuer,
  pasted,
  privatePem,
  publicPem,
  publicPkcs1,
  token,
} from '../../diagnosis/diagnose-site.js';
import { commandLine, file, folder } from '../command-line.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
}

/** A site made with the server functions. A session cookie names the contact. */
async function site(allowedOrigins: string[] = []): Promise<string> {
  const mint = await createMinter({ privateKey: privatePem, issuer });
  const names = { givenName: 'Ada', familyName: 'Lovelace' };
  const handler = createTokenHandler({
    mint,
    allowedOrigins,
    visitor: ({ headers }) =>
      headers.get('cookie') === 'session=ada' || headers.get('authorization') === 'Session ada'
        ? 'ada'
        : null,
    contact: () => ({ id: contact, ...names }),
  });
  return serve(getRequestListener(handler));
}

/** An endpoint with the same answer for everybody. */
const always = (
  headers: Record<string, string> = {},
  status = 200,
  body = JSON.stringify({ token: token() }),
) =>
  serve((_, response) => {
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      ...headers,
    });
    response.end(body);
  });

const diagnose = (subject: string, ...more: string[]) =>
  commandLine(['diagnose', subject, '--public-key', pasted, '--issuer', issuer, ...more]);

/** Codes of the errors and warnings. */
async function faults(subject: string, ...more: string[]): Promise<string[]> {
  const { out } = await diagnose(subject, '--json', ...more);
  const findings: { level: string; code: string }[] = JSON.parse(out);
  return findings.filter(({ level }) => level !== 'note').map(({ code }) => code);
}

describe('diagnose FILE', () => {
  it('reads a token from a file or from standard input, and finds it fine', async () => {
    const fine = {
      code: 0,
      err: '',
      out: expect.stringMatching(/signature-fits\n.*Nothing wrong was found\.\n$/s),
    };
    expect(await diagnose(file(`${token()}\n`))).toEqual(fine);
    expect(await commandLine(['diagnose', '-', '--public-key', pasted], { stdin: token() })).toEqual(fine);
  });

  it('names the option that is missing for checking the signature', async () => {
    expect((await commandLine(['diagnose', file(token())])).out.replace(/\s+/g, ' ')).toContain(
      'signature-not-checked The signature was not checked. Give the text pasted as JWT Public Key in Live Assist: --public-key "@pasted.txt".',
    );
  });

  it('says what is wrong, errors first, and exits with 1', async () => {
    const { code, out } = await diagnose(file(token({ sub: 'x', given_name: '' })));
    expect(code).toBe(1);
    expect(out).toMatch(/^error {4}sub-not-guid\n {2}"sub" is not a GUID\..*\nwarning {2}name-empty\n/s);
    expect(out).toMatch(/1 error, 1 warning\n$/);
    expect(out.split('\n').every((line) => line.length <= 80)).toBe(true);
  });

  it('reads what PowerShell wrote as UTF-16', async () => {
    const utf16 = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(`${token()}\r\n`, 'utf16le')]);
    expect(await faults(file(utf16))).toEqual([]);
    expect(await faults(file(Buffer.from(utf16).swap16()))).toEqual([]);
  });

  it('names the form of another file, once', async () => {
    const utf16 = Buffer.from(token(), 'utf16le');
    const picture = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
    const der = Buffer.from(pasted, 'base64');
    const forms: [Buffer, RegExp][] = [
      [utf16, /is in UTF-16 .*Save it as UTF-8\.$/],
      [Buffer.from(utf16).swap16(), /is in UTF-16 .*Save it as UTF-8\.$/],
      [der, /binary form \(DER\).*openssl pkey -pubin -inform DER/],
      [
        Buffer.from(`0702000000a40000525341320008${'00'.repeat(60)}`, 'hex'),
        /a PRIVATE key as a Windows key blob/,
      ],
      [picture, /is not text\. .*save it as UTF-8\.$/],
    ];
    for (const [bytes, words] of forms) {
      for (const args of [[file(bytes)], ['-'], ['x', '--public-key', `@${file(bytes)}`]]) {
        const { code, out, err } = await commandLine(['diagnose', ...args], { stdin: bytes });
        expect({ code, out }).toEqual({ code: 2, out: '' });
        expect(err.trimEnd()).toMatch(words);
        expect(err.trimEnd().split('\n')).toHaveLength(1);
      }
    }
  });

  it('reads no more than a token can have', async () => {
    const long = Buffer.alloc(1_000_001, 'x');
    expect((await diagnose(file(long))).err).toContain('larger than 1 MB');
    const { code, err } = await commandLine(['diagnose', '-'], { stdin: long });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('More than 1 MB') });
  });

  it('does not mistake the age of a saved answer for a clock that is behind', async () => {
    const iat = Math.floor(Date.now() / 1000) - 5 * 3600;
    const head = `HTTP/2 200\nContent-Type: application/json\nCache-Control: no-store\nDate: ${new Date(iat * 1000).toUTCString()}\n\n`;
    const saved = head + JSON.stringify({ token: token({ iat, exp: iat + 7200 }) });
    expect(await faults(file(saved))).toEqual(['expired-since']);
    const { out } = await commandLine(['diagnose', '-'], { stdin: saved });
    expect(out).toContain('this answer was saved 5 hours ago');
  });

  it('reads a saved answer, bare or with its headers', async () => {
    const body = JSON.stringify({ token: token() });
    const head = [
      'HTTP/1.1 200 OK',
      'Content-Type: application/json',
      'Cache-Control: no-store',
      `Date: ${new Date().toUTCString()}`,
    ];
    const saved = (...lines: string[]) => file([...lines, '', body].join('\r\n'));
    expect(await faults(file(body))).toEqual([]);
    expect(await faults(saved(...head))).toEqual([]);
    expect(await faults(saved('HTTP/1.1 200 Connection established', '', ...head))).toEqual([]);
    expect(await faults(saved('HTTP/2 100', '', ...head, 'Age: 7'))).toEqual(['cached-answer']);
    expect(await faults(saved('HTTP/1.1 302 Found', 'Location: /login', '', ...head))).toEqual([
      'redirected-to-login',
    ]);
  });

  it('uses the text of a file unchanged, except for a final line break', async () => {
    const [subject, text] = [file(token()), file(`${pasted}\n`)];
    expect((await commandLine(['diagnose', subject, '--public-key', `@${text}`])).code).toBe(0);
    const pem = await commandLine(['diagnose', subject, '--public-key', `@${file(publicPem)}`]);
    expect(pem.out).toContain('key-header');
    expect(pem.out).toContain('signature-fits-repaired-key');
  });

  it('says how to convert a whole key file to the text to paste', async () => {
    const remedy = async (publicKey: string) => {
      const { code, out } = await commandLine([
        'diagnose',
        file(token()),
        '--public-key',
        publicKey,
        '--json',
      ]);
      expect(code).toBe(1);
      return /live-assist-bridge config \S+ --value > pasted\.txt/.exec(out)?.[0];
    };
    const [short, blank] = [relative('', file(publicPem)), file(publicPem, 'my key.pem')];
    expect(await remedy(`@${short}`)).toBe(`live-assist-bridge config ${short} --value > pasted.txt`);
    expect(await remedy(`@${blank}`)).toBe('live-assist-bridge config FILE --value > pasted.txt');
    expect(await remedy(publicPem)).toBeUndefined();
    expect(await remedy(`@${file(publicPem.replace(/(.{100})./s, '$1'))}`)).toBeUndefined();
    expect(await remedy(`@${file(publicPem.replace(/-----END.*/, ''))}`)).toBeUndefined();
    expect(await remedy(`@${file(publicPkcs1)}`)).toBeUndefined();
    expect((await commandLine(['diagnose', '--help'])).out).toContain('config public_key.pem --value');
  });

  it('shows names only with --decode, and escapes their control characters', async () => {
    const subject = file(token({ family_name: 'Secret\u001b[2J\u202e' }));
    expect((await diagnose(subject)).out).not.toContain('Secret');
    const { out } = await diagnose(subject, '--decode');
    expect(out).toContain('family_name  "Secret\\u001b[2J\\u{202e}"');
    expect(out).toMatch(/iat +\d+ {2}\(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)/);
  });

  it('prints JSON that a program can read', async () => {
    const { out, code } = await diagnose(file(token({ sub: 'x' })), '--json');
    expect(JSON.parse(out)[0]).toEqual({ level: 'error', code: 'sub-not-guid', message: expect.any(String) });
    expect(code).toBe(1);
  });

  it.each<[string, string[], RegExp]>([
    ['a missing file', ['nowhere'], /no file "nowhere"/],
    ['an address without https://', ['www.example.com/token'], /An address begins with https:\/\//],
    ...[
      'localhost:9300/good',
      'localhost:9300',
      'shop:80/token',
      '127.0.0.1:3000/token',
      '[::1]:3000/token',
    ].map((address): [string, string[], RegExp] => [
      `${address} without http://`,
      [address],
      /An address begins with https:\/\//,
    ]),
    ['a file of an unlikely name', ['no such:file.txt'], /Check the name and the folder\.$/m],
    ['another kind of address', ['ftp://example.com/token'], /not the address of a token endpoint/],
    ['an address with a password', ['https://me:pass@example.com/'], /--header @FILE/],
    ['a key file without @', ['x', '--public-key', 'public_key.pem'], /--public-key "@/],
    ['a missing key file', ['x', '--public-key', '@nowhere.txt'], /--public-key: there is no file/],
    [
      'an address that looks like a token',
      ['https://eyewear-shop.something.com/', '--origin', 'x'],
      /--origin is not an origin/,
    ],
    ['a header for what is piped in', ['-', '--header', 'a: b'], /--header is for asking a URL/],
    [
      'a header for an address without its scheme',
      ['www.example.com/token', '--header', 'a: b'],
      /An address begins with https/,
    ],
    [
      'an empty file of headers',
      ['https://a.example/', '--header', `@${file('\n \n')}`],
      /the file holds no header/,
    ],
    [
      'a file of nothing but what is not sent',
      ['https://a.example/', '--header', `@${file('GET / HTTP/1.1\nHost: a.example\n')}`],
      /the file holds no header/,
    ],
    ['a header without a value', ['https://a.example/', '--header', 'Cookie: '], /Cookie has no value/],
    ...['Host', 'connection', 'Content-Length', 'Transfer-Encoding', 'Sec-Fetch-Mode', 'If-None-Match'].map(
      (name): [string, string[], RegExp] => [
        `${name}, which would not be sent`,
        ['https://a.example/', '--header', `${name}: secret`],
        new RegExp(`--header: ${name} is not sent`),
      ],
    ),
    [
      'a line that is not a header',
      ['https://a.example/', '--header', 'secret'],
      /not a header\. Write "Name/,
    ],
    ['a cookie alone', ['https://a.example/', '--header', 'session=secret'], /Write "Cookie: " before it/],
    [
      'a header that cannot be sent',
      ['https://a.example/', '--header', 'Cookie: secret\u0007'],
      /Cookie has characters/,
    ],
    [
      'an origin with a slash',
      ['https://a.example/', '--origin', 'https://b.example/'],
      /--origin is not an origin/,
    ],
    ['another method', ['https://a.example/', '--http-method', 'PUT'], /GET or POST/],
    ['a limit in seconds', ['https://a.example/', '--timeout', '8'], /milliseconds/],
    [
      'an origin of an app with a path',
      ['https://a.example/', '--origin', 'capacitor://b/'],
      /--origin is no/,
    ],
    ['names in JSON', ['x', '--json', '--decode'], /Give one of them/],
    ...[
      ['https://a.example/', '--header', 'Cookie:', 'session=secret'],
      ['--header', 'Cookie:', 'session=secret', 'https://a.example/'],
    ].map((args): [string, string[], RegExp] => [
      `a header that the shell has cut: ${args.join(' ')}`,
      args,
      /quotation marks around/,
    ]),
    ['a cookie in place of a file', ['session=secret'], /no file of that name\. Is it a token or a cookie/],
    ['--dynamics without a token', ['x', '--dynamics', 'https://a.example'], /DATAVERSE_TOKEN/],
  ])('refuses %s in a line', async (_, args, words) => {
    const { code, out, err } = await commandLine(['diagnose', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
    expect(err).not.toContain('secret');
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('diagnose URL', () => {
  it('finds nothing wrong with the endpoint of the server functions', async () => {
    const url = await site();
    expect(await faults(url, '--header', `@${file('Cookie: session=ada')}`)).toEqual([]);
    expect(await faults(url, '--header', `@${file('Cookie: session=ada')}`, '--http-method', 'post')).toEqual(
      [],
    );
    expect(await faults(url, '--header', `@${file('Cookie: session=ada\n\n')}`)).toEqual([]);
  });

  it('finds nothing wrong with 401 for a guest, and reports it if credentials were given', async () => {
    const url = await site();
    for (const harmless of ['Accept: */*', 'X-Requested-With: XMLHttpRequest', 'User-Agent: monitor']) {
      const { code, out } = await commandLine(['diagnose', url, '--header', harmless]);
      expect(code).toBe(0);
      expect(out).toMatch(/^note +guest-refused\n +Guests get 401, as they should\./m);
      expect(out).toMatch(/give the\s+visitor's cookie: --header "@cookie\.txt"/);
    }
    expect(await commandLine(['diagnose', url])).toMatchObject({ code: 0, err: '' });
    for (const credentials of ['Cookie: session=old', 'Authorization: Session old', 'X-Session: old'])
      expect(await faults(url, '--header', `@${file(credentials)}`)).toEqual(['signed-out']);
    expect(await faults(url, '--other-header', `@${file('Cookie: session=old')}`)).toEqual(['signed-out']);
  });

  it('accepts the headers of a request as a browser’s tools copy them', async () => {
    const copied = [
      ':authority: x',
      'GET /token HTTP/1.1',
      'Host: x',
      'If-None-Match: "x"',
      'cookie: session=ada',
    ];
    expect(await faults(await site(), '--header', `@${file(copied.join('\r\n'))}`)).toEqual([]);
  });

  it('judges CORS for the page’s origin, the preflight included', async () => {
    const origin = 'https://shop.example';
    const url = await site([origin]);
    const session = ['--header', `@${file('Authorization: Session ada')}`];
    expect(await faults(url, ...session, '--origin', origin)).toEqual([]);
    expect(await faults(url, ...session, '--origin', new URL(url).origin)).toEqual([]);
    expect(await faults(url, ...session, '--origin', 'https://other.example')).toEqual(
      expect.arrayContaining(['cors-origin-refused', 'foreign-origin']),
    );
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['is refused', {}, 401, 'preflight-refused'],
    ['lacks the origin', {}, 204, 'preflight-origin'],
    ['lacks the header', { 'Access-Control-Allow-Headers': '*' }, 204, 'preflight-headers'],
  ])('explains a preflight that %s', async (_, headers, status, code) => {
    const origin = 'https://shop.example';
    const cors = { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' };
    const url = await serve((request, response) => {
      const preflight = request.method === 'OPTIONS';
      const fine = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
      const session = Boolean(request.headers.authorization);
      response.writeHead(preflight ? status : session ? 200 : 401, {
        ...fine,
        ...(preflight ? (code === 'preflight-headers' ? { ...cors, ...headers } : {}) : cors),
      });
      response.end(preflight || !session ? '' : JSON.stringify({ token: token() }));
    });
    expect(
      await faults(url, '--header', `@${file('Authorization: Session ada')}`, '--origin', origin),
    ).toEqual([code]);
  });

  it('sends no preflight for headers that browsers add themselves', async () => {
    const origin = 'https://shop.example';
    const cors = { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' };
    const url = await serve((request, response) => {
      const allowed = request.method === 'OPTIONS' && { 'Access-Control-Allow-Headers': 'authorization' };
      const status = request.method === 'OPTIONS' ? 204 : request.headers.authorization ? 200 : 401;
      response.writeHead(status, {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        ...(request.headers.origin === origin && cors),
        ...allowed,
      });
      response.end(status === 200 ? JSON.stringify({ token: token() }) : undefined);
    });
    const copied = [
      'authorization: Session ada',
      'user-agent: Mozilla/5.0',
      'referer: https://shop.example/',
      'sec-ch-ua-mobile: ?0',
      'pragma: no-cache',
      'content-type: text/plain;charset=UTF-8',
    ];
    expect(await faults(url, '--header', `@${file(copied.join('\n'))}`, '--origin', origin)).toEqual([]);
    const json = ['--header', 'Content-Type: application/json'];
    const session = ['--header', `@${file('Authorization: Session ada')}`];
    expect(await faults(url, ...session, ...json, '--origin', origin)).toEqual(['preflight-headers']);
  });

  it('finds an endpoint that hands a token to anyone', async () => {
    const url = await always();
    expect(await faults(url)).toEqual(['token-for-anyone']);
    expect(await faults(url, '--header', `@${file('Cookie: session=ada')}`)).toEqual(['token-for-anyone']);
  });

  it('recognises the trial contact on this machine', async () => {
    const trial = { given_name: 'Trial', family_name: 'Visitor' };
    const url = await always({}, 200, JSON.stringify({ token: token(trial) }));
    expect(await faults(url)).toEqual([]);
    expect(await faults(url, '--header', `@${file('Cookie: session=ada')}`)).not.toContain(
      'token-for-anyone',
    );
  });

  const page = 'https://www.example.com';

  it('finds an endpoint that allows every origin', async () => {
    const url = await serve((request, response) => {
      const { origin, cookie } = request.headers;
      response.writeHead(cookie ? 200 : 401, {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        ...(origin && { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' }),
      });
      response.end(JSON.stringify({ token: token() }));
    });
    expect(await faults(url, '--header', 'Cookie: a=b')).toEqual(['origin-echoed']);
  });

  it.each<[string, (origin: string) => boolean, string[]]>([
    ['ends like the site’s', (origin) => origin.endsWith('example.com'), ['origin-lookalike']],
    [
      'begins like the site’s',
      (origin) => origin.startsWith('https://www.example.com'),
      ['origin-lookalike'],
    ],
    ['is that of no page', (origin) => origin === 'null' || origin === page, ['cors-null-origin']],
    [
      'is the site’s or a host of its domain',
      (origin) => /^https:\/\/([\w-]+\.)*example\.com$/.test(origin),
      [],
    ],
    ['is the site’s', (origin) => origin === page, []],
  ])('asks an endpoint that allows an origin which %s', async (_, allows, codes) => {
    const url = await serve((request, response) => {
      const { origin = '', cookie } = request.headers;
      response.writeHead(cookie ? 200 : 401, {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        Vary: 'Origin',
        ...(allows(origin) && {
          'Access-Control-Allow-Origin': origin,
          'Access-Control-Allow-Credentials': 'true',
          'Access-Control-Expose-Headers': 'Date, Age',
        }),
      });
      response.end(JSON.stringify({ token: token() }));
    });
    expect(await faults(url, '--header', 'Cookie: a=b', '--origin', page)).toEqual(codes);
  });

  it('follows no redirect', async () => {
    expect(await faults(await always({ Location: '/login' }, 302))).toEqual(['redirected-to-login']);
  });

  it('gives up in time on a silent endpoint, and on one that stalls after its headers', async () => {
    const silent = await serve(() => {});
    expect(await faults(silent, '--timeout', '200')).toEqual(['endpoint-silent']);
    const stalled = await serve((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.write('{"token":"');
    });
    expect(await faults(stalled, '--timeout', '2000')).toEqual(['answer-incomplete']);
  });

  it('says why an endpoint cannot be reached', async () => {
    const url = await always();
    servers[0]?.close();
    servers[0]?.closeAllConnections();
    const { code, out } = await diagnose(url);
    expect(code).toBe(1);
    expect(out).toMatch(/endpoint-unreachable\n.*nothing listens there/);
  });

  it.skipIf(spawnSync('openssl', ['version']).error)(
    'explains a certificate that browsers refuse (by openssl)',
    async () => {
      const directory = folder();
      const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
      const subject = ['-subj', '/CN=localhost', '-days', '2'];
      execFileSync(
        'openssl',
        ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject],
        {
          stdio: 'ignore',
        },
      );
      const server = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }).listen(
        0,
        '127.0.0.1',
      );
      servers.push(server);
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      expect(await faults(`https://127.0.0.1:${port}/token`)).toEqual(['endpoint-certificate']);
      expect(await faults(`http://127.0.0.1:${port}/token`)).toEqual(['endpoint-unreachable']);
    },
  );

  it('sends the token’s field and the headers as given, and prints neither', async () => {
    const url = await serve((request, response) => {
      response.writeHead(request.headers['x-session'] ? 200 : 401, {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
      });
      response.end(JSON.stringify({ data: { jwt: token() } }));
    });
    const { out } = await diagnose(url, '--header', 'X-Session: Secret', '--token-field', 'data.jwt');
    expect(out).toContain('signature-fits');
    expect(out).not.toContain('Secret');
    expect(out).not.toMatch(/eyJ/);
  });
});

describe('diagnose --dynamics', () => {
  /** An organisation that knows these rows by table. */
  async function organisation(rows: Record<string, object>, status = 404): Promise<string> {
    const url = await serve((request, response) => {
      const table = /\/api\/data\/v9\.2\/(\w+)\(3f2504e0-[\w-]+\)/.exec(request.url ?? '')?.[1] ?? '';
      const row = request.headers.authorization === 'Bearer access' ? rows[table] : undefined;
      response.writeHead(row ? 200 : status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(row ?? { error: { code: '0x80040217' } }));
    });
    return new URL(url).origin;
  }
  const ada = { contactid: contact, firstname: 'Zoë', lastname: '李', statecode: 0 };

  async function looked(url: string, claims: Record<string, unknown> = {}): Promise<string[]> {
    const args = ['diagnose', file(token(claims)), '--dynamics', url, '--json'];
    const { out } = await commandLine(args, { env: { DATAVERSE_TOKEN: 'access' } });
    return JSON.parse(out).map(({ code }: { code: string }) => code);
  }

  it.each<[string, Record<string, object>, string]>([
    ['active', { contacts: ada }, 'contact-active'],
    ['inactive', { contacts: { ...ada, statecode: 1 } }, 'contact-inactive'],
    ['not there', {}, 'contact-not-found'],
    ['an account', { accounts: {} }, 'contact-elsewhere'],
    ['a user', { systemusers: {} }, 'contact-elsewhere'],
    ['named otherwise', { contacts: { ...ada, lastname: 'Byron' } }, 'contact-name-differs'],
  ])('says of a contact that it is %s', async (_, rows, code) => {
    expect(await looked(await organisation(rows))).toContain(code);
  });

  it('makes no look-up without a GUID, and still says what is wrong', async () => {
    const codes = await looked(await organisation({}), { sub: 'ada@example.com' });
    expect(codes).toEqual(expect.arrayContaining(['sub-email', 'contact-not-checked']));
  });

  it.each<[number, string, RegExp]>([
    [
      401,
      '',
      /refused the access token\. Is the token in --access-token or DATAVERSE_TOKEN for the organisation in --dynamics/,
    ],
    [403, '', /A guess: .*Read on Contact at Organization level.*DATAVERSE_TOKEN/],
    [429, '', /answered 429.*\. Try again later/],
    [500, '', /answered 500, a failure of its own\. Try again later/],
    [302, '', /answered 302, a redirect.*\. Is the address in --dynamics/],
    [400, '', /answered 400\. Is the address in --dynamics/],
    [200, '<html>', /not one of Dataverse\. Is the address in --dynamics/],
    [200, '{}', /not one of Dataverse\. Is the address in --dynamics/],
  ])('speaks of its own options when Dynamics answers %d %s', async (status, body, words) => {
    const url = new URL(await always({}, status, body)).origin;
    const args = ['diagnose', file(token()), '--dynamics', url, '--json'];
    const { out } = await commandLine(args, { env: { DATAVERSE_TOKEN: 'access\n' } });
    const { message } = JSON.parse(out).find(({ code }: { code: string }) => code === 'dynamics-failed');
    expect(message).toMatch(words);
    expect(message).not.toMatch(/(?<!--query )accessToken|\burl\b|renewed|the visitor/);
  });

  it('refuses a text that cannot be an access token, and does not quote it', async () => {
    for (const secret of ['Bearer secret', '"secret"', 'secret\nsecret']) {
      const { code, err } = await commandLine(['diagnose', 'x', '--dynamics', 'https://contoso.example'], {
        env: { DATAVERSE_TOKEN: secret },
      });
      expect(code).toBe(2);
      expect(err).toMatch(/^live-assist-bridge: DATAVERSE_TOKEN holds no access token\./);
      expect(err).not.toContain('secret');
    }
  });

  it.each([
    ['the token alone', 'access\n'],
    ['the answer of Entra ID', '{"token_type":"Bearer","expires_in":3599,"access_token":"access"}'],
    ['the answer of the Azure CLI', '{"accessToken":"access","expiresOn":"2026-11-30"}'],
  ])('reads the access token from a file with %s', async (_, text) => {
    const url = await organisation({ contacts: ada });
    const args = ['diagnose', file(token()), '--dynamics', url, '--access-token', `@${file(text)}`, '--json'];
    expect((await commandLine(args)).out).toContain('contact-active');
  });

  it.each([
    [
      'an error of Entra ID',
      '{"error":"invalid_client","error_description":"AADSTS7000222: secret"}',
      /AADSTS7000222/,
    ],
    [
      'something else',
      'Bearer secret',
      /^live-assist-bridge: The file in --access-token holds no access token\./,
    ],
  ])('says what a file with %s holds, and does not quote it', async (_, text, words) => {
    const args = [
      'diagnose',
      'x',
      '--dynamics',
      'https://contoso.example',
      '--access-token',
      `@${file(text)}`,
    ];
    const { code, err } = await commandLine(args);
    expect([code, err]).toEqual([2, expect.stringMatching(words)]);
    expect(err).not.toContain('secret"');
    expect(err).not.toContain('Bearer secret');
  });

  it('accepts an access token neither on the command line nor without an organisation', async () => {
    const onTheLine = ['diagnose', 'x', '--dynamics', 'https://contoso.example', '--access-token', 'secret'];
    const { code, err } = await commandLine(onTheLine);
    expect([code, err]).toEqual([2, expect.stringMatching(/"@access-token\.json"/)]);
    expect(err).not.toContain('secret');
    expect((await commandLine(['diagnose', 'x', '--access-token', '@y'])).err).toMatch(
      /goes with --dynamics/,
    );
  });

  it('says why Dynamics did not answer, and still prints the other findings', async () => {
    const codes = await looked(await organisation({}, 403), { sub: contact, given_name: '' });
    expect(codes).toEqual(expect.arrayContaining(['dynamics-failed', 'name-empty']));
  });

  it('refuses an address to which an access token must not be sent', async () => {
    const { code, err } = await commandLine(['diagnose', 'x', '--dynamics', 'http://contoso.example'], {
      env: { DATAVERSE_TOKEN: 'access' },
    });
    expect(code).toBe(2);
    expect(err).toMatch(/https:\/\/contoso\.crm4\.dynamics\.com/);
  });
});

describe('diagnose, asking as a browser does', () => {
  it('rejects a cookie on the command line, without quoting it', async () => {
    for (const given of [
      ['--header', 'Cookie: session=supersecret'],
      ['--header=Authorization: Bearer abcdefghij'],
      ['--other-header', 'Cookie: session=supersecret'],
    ]) {
      const { code, err } = await commandLine(['diagnose', 'https://a.example/', ...given]);
      expect(code).toBe(2);
      expect(err).toMatch(/on the command line.*--header "@cookie\.txt"/s);
      expect(err).not.toMatch(/supersecret|abcdefghij/);
    }
  });

  it('prints no escape sequence of an argument', async () => {
    for (const word of ['\u001b[31mred', '--\u001b[2J'])
      expect((await commandLine(['diagnose', 'a', word])).err).not.toContain('\u001b');
    expect((await commandLine(['diagnose', '\u001b[31mred'])).err).not.toContain('\u001b');
  });

  it('distinguishes a page of the same site from a page of another', () => {
    expect(isSameSite('https://www.example.com', 'https://api.example.com/token')).toBe(true);
    expect(isSameSite('https://www.example.co.uk', 'https://other.co.uk/token')).toBe(false);
    expect(isSameSite('https://www.example.com', 'http://api.example.com/token')).toBe(false);
    expect(isSameSite('https://10.0.0.1', 'https://10.0.0.1:8443/token')).toBe(true);
  });

  it('shows claims that are nested deeply in one line each', async () => {
    const deep = `{"alg":"RS256","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const token = `${Buffer.from(deep).toString('base64url')}.e30.c2ln`;
    const { code, out } = await commandLine(['diagnose', '-', '--decode'], { stdin: token });
    expect(code).toBe(1);
    expect(out).toContain('nested too deeply');
  });
});
