/** What every recipe has to do, whatever its language. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { importSPKI, jwtVerify } from 'jose';
import { diagnose, generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
import { type DataverseDouble, type StoredContact, startDataverse } from './dataverse-double.js';
import type { RunningProgram } from './run-program.js';
import { createSiteOwner, type Recipe, type SiteOwner } from './site-owner.js';

const ada = {
  contactid: '3F2504E0-4F89-41D3-9A0C-0305E82C3301',
  firstname: 'Ada',
  lastname: 'Lovelace',
  emailaddress1: 'ada@example.com',
  statecode: 0,
} satisfies StoredContact;

const contacts: StoredContact[] = [
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
];

const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
const pem = {
  elliptic: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8).toString(),
  short: generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(pkcs8).toString(),
};
const encrypted = (key: string) =>
  createPrivateKey(key)
    .export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString();

/** A page of the site itself, in a browser of today. */
const ownPage = { 'Sec-Fetch-Site': 'same-origin' };

const terminal = findCommand(['script'], ['--version'], {
  skipped: 'what the recipes do at a terminal',
  needs: 'script, of util-linux',
});

export function isATokenEndpoint(recipe: Recipe): void {
  describe.skipIf(!recipe.program)(`the ${recipe.name} recipe`, () => {
    let dataverse: DataverseDouble;
    let owner: SiteOwner;
    let pastedKey: string;
    let endpoint: RunningProgram;

    beforeAll(async () => {
      const keys = await generateKeys();
      pastedKey = await publicKeyValue(keys.publicKey);
      dataverse = await startDataverse(contacts);
      owner = createSiteOwner(recipe, dataverse, keys);
      endpoint = await owner.run('with-session');
    }, 60_000);

    beforeEach(() => {
      dataverse.asked = [];
      dataverse.fault = undefined;
      dataverse.tokenFault = undefined;
    });

    afterAll(async () => {
      await owner.cleanUp();
      await dataverse.stop();
    });

    const addressOf = ({ url }: RunningProgram) => new URL(recipe.path ?? '/', url);

    /** Every answer, whatever it says, must be kept by nobody. */
    const ask = async (
      visitor: string | null,
      { method = 'GET', headers = ownPage, of = endpoint }: Ask = {},
    ): Promise<{ status: number; headers: Headers; body: unknown; text: string }> => {
      const session = visitor === null ? {} : { 'X-Visitor': encodeURIComponent(visitor) };
      const response = await fetch(addressOf(of), {
        method,
        headers: { ...session, ...headers },
        redirect: 'manual',
      });
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('vary')).toBe('Cookie, Authorization');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-type')).toMatch(/^application\/json\b/);
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: text && JSON.parse(text) };
    };

    const claimsFor = async (visitor: string) => {
      const { status, body } = await ask(visitor);
      expect(status).toBe(200);
      expect(body).toEqual({ token: expect.any(String) });
      const { token } = body as { token: string };
      const key = await importSPKI(owner.publicKey, 'RS256');
      const { payload, protectedHeader } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        issuer: owner.issuer,
      });
      expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT' });
      const findings = await diagnose(token, { publicKey: pastedKey, issuer: owner.issuer });
      expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
      return payload;
    };

    it('answers a signed-in visitor with a token of two hours for the contact', async () => {
      const before = Math.floor(Date.now() / 1000);
      const { iat, exp, ...claims } = await claimsFor('ada@example.com');
      expect(claims).toEqual({
        sub: ada.contactid.toLowerCase(),
        given_name: 'Ada',
        family_name: 'Lovelace',
        iss: owner.issuer,
      });
      expect(iat).toSatisfy(Number.isInteger);
      expect(iat).toBeGreaterThanOrEqual(before);
      expect(iat).toBeLessThanOrEqual(Date.now() / 1000);
      expect(exp).toBe((iat ?? 0) + 7200);
    });

    it('gives an answer in which the diagnosis finds no fault', async () => {
      const response = await fetch(addressOf(endpoint), {
        headers: { 'X-Visitor': 'ada@example.com', ...ownPage },
      });
      const findings = await diagnose(response, { publicKey: pastedKey, issuer: owner.issuer });
      expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
    });

    it('answers a POST too', async () => {
      expect(await ask('ada@example.com', { method: 'POST' })).toMatchObject({ status: 200 });
    });

    it('takes the GUID that a session keeps, in lower case and in upper case', async () => {
      for (const id of [ada.contactid, ada.contactid.toLowerCase()])
        expect(await claimsFor(id)).toMatchObject({ sub: ada.contactid.toLowerCase(), given_name: 'Ada' });
    });

    it.each([
      ['an apostrophe', "o'brien@example.com", guid(2), 'Seán', "O'Brien"],
      ['letters beyond ASCII', 'zoë@example.com', guid(3), '李 "Zoë"', 'Łódź\\{} 😀'],
      ["a URL's own signs", 'a+b&c=d%20e@example.com', guid(10), 'Ada', 'Lovelace'],
      ['capitals', 'ADA@Example.COM', ada.contactid.toLowerCase(), 'Ada', 'Lovelace'],
    ])('finds an address with %s', async (_, address, sub, given_name, family_name) => {
      expect(await claimsFor(address)).toMatchObject({ sub, given_name, family_name });
    });

    it('leaves out the names that the contact has not', async () => {
      expect(Object.keys(await claimsFor('nameless@example.com')).sort()).toEqual([
        'exp',
        'iat',
        'iss',
        'sub',
      ]);
    });

    it.each([
      ['unknown', 'nobody@example.com'],
      ['inactive', 'gone@example.com'],
      ['inactive, by its GUID', guid(5)],
      ['the one whose address differs by an accent', 'jose@example.com'],
      ['the one whose address only looks alike', 'mike@example.com'],
      ['the one with a capital beyond ASCII', 'ZOË@example.com'],
      ['an attempt to change the query', "x' or emailaddress1 eq 'ada@example.com"],
      ['a GUID with more behind it', `${ada.contactid}\n`],
    ])('answers 403 when the contact is %s', async (_, visitor) => {
      expect(await ask(visitor)).toMatchObject({ status: 403, body: { error: 'no-contact' } });
    });

    it('answers 401 when nobody is signed in, and asks the CRM nothing', async () => {
      for (const visitor of [null, ''])
        expect(await ask(visitor)).toMatchObject({ status: 401, body: { error: 'signed-out' } });
      expect(dataverse.asked).toEqual([]);
    });

    it('takes everybody for signed out as long as it is as delivered', async () => {
      const of = await owner.run('as-delivered');
      for (const visitor of ['ada@example.com', ada.contactid])
        expect(await ask(visitor, { of })).toMatchObject({ status: 401, body: { error: 'signed-out' } });
      expect(dataverse.asked).toEqual([]);
    }, 60_000);

    it.each<[string, (own: string) => Record<string, string>]>([
      ['a page of another site', () => ({ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' })],
      ['a page of another site that hides its origin', () => ({ 'Sec-Fetch-Site': 'cross-site' })],
      ['a page of a sister host', () => ({ 'Sec-Fetch-Site': 'same-site' })],
      ['an older browser on another site', () => ({ Origin: 'https://evil.example' })],
      ['an older browser in a sandboxed frame', () => ({ Origin: 'null' })],
      [
        'an older browser on a host whose name begins alike',
        (own) => ({ Origin: `http://${own}.evil.example` }),
      ],
      ['an older browser on another port', () => ({ Origin: 'http://127.0.0.1:1' })],
    ])('refuses %s, and asks the CRM nothing', async (_, headers) => {
      const answer = await ask('ada@example.com', { headers: headers(new URL(endpoint.url).host) });
      expect(answer).toMatchObject({ status: 403, body: { error: 'foreign-origin' } });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(dataverse.asked).toEqual([]);
    });

    it.each<[string, (own: string) => Record<string, string>]>([
      ['an address typed by the visitor', () => ({ 'Sec-Fetch-Site': 'none' })],
      ['an older browser on the site', (own) => ({ Origin: `http://${own}` })],
      ['an older browser, TLS ending at a proxy', (own) => ({ Origin: `https://${own}` })],
      ['a phone or a server, which sends neither header', () => ({})],
    ])('answers %s', async (_, headers) => {
      expect(await ask('ada@example.com', { headers: headers(new URL(endpoint.url).host) })).toMatchObject({
        status: 200,
      });
    });

    it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('answers 405 to %s', async (method) => {
      const { status, headers } = await ask('ada@example.com', { method });
      expect(status).toBe(405);
      expect(headers.get('allow')).toBe('GET, POST');
      expect(dataverse.asked).toEqual([]);
    });

    it('sends no body in its answer to HEAD', async () => {
      const { hostname, port, pathname, search } = addressOf(endpoint);
      const socket = connect(Number(port), hostname);
      socket.write(`HEAD ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
      const [head, body] = (await readAll(socket)).split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.[01] 405 /);
      expect(body).toBe('');
    });

    /** Asks while something is wrong, and expects of the log one sentence of the recipe's own. */
    const failsWith = async (sentence: RegExp, of = endpoint) => {
      const before = of.log().length;
      expect(await ask('ada@example.com', { of })).toMatchObject({
        status: 500,
        text: expect.stringMatching(/^\{"error": ?"failed"\}$/),
      });
      const said = () => of.log().slice(before);
      await expect.poll(said).toMatch(/Live Assist token: .*\. ?.*[.?]/);
      expect(said()).toMatch(sentence);
      expect(said().split('Live Assist token: ')).toHaveLength(2);
    };

    it.each<[string, RegExp, (response: ServerResponse) => void]>([
      ['answers 500', /: Dynamics answered 500\. /, (response) => response.writeHead(500).end('{}')],
      [
        'refuses the application user',
        /: Dynamics answered 403\. .* may the application user read contacts\?/,
        (response) => response.writeHead(403).end('{}'),
      ],
      [
        'is asked too often',
        /: Dynamics answered 429\. .* too many requests/,
        (response) => response.writeHead(429).end('{}'),
      ],
      [
        'answers a page',
        /: Dynamics answered no JSON object\. /,
        (response) => response.end('<html data-is="value">Down for {"value":[]} maintenance</html>'),
      ],
      ['answers null', /: Dynamics answered no JSON object\. /, (response) => response.end('null')],
      [
        'answers no list',
        /: Dynamics answered no list of contacts\. Is (live_assist\/)?dynamics_url right\?/i,
        (response) => response.end('{"value":null}'),
      ],
      [
        'answers something else',
        /: Dynamics answered no list of contacts\. /,
        (response) => response.end('{"@odata.context":"value"}'),
      ],
      [
        'answers a contact without an id',
        /: Dynamics answered a contactid that is no GUID\. /,
        (response) => response.end('{"value":[{"emailaddress1":"ada@example.com"}]}'),
      ],
      [
        'answers an id that is no GUID',
        /: Dynamics answered a contactid that is no GUID\. /,
        (response) => response.end(JSON.stringify({ value: [{ ...ada, contactid: '42' }] })),
      ],
      [
        'stalls in the midst of its answer',
        /: Dynamics (could not be reached|answered no JSON object)\. /,
        (response) => response.write('{"value":['),
      ],
      ['hangs up', /: Dynamics could not be reached\. /, (response) => response.destroy()],
      [
        'speaks no HTTP',
        /: Dynamics could not be reached\. /,
        (response) => response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n'),
      ],
    ])('answers 500 and nothing more when the CRM %s, and says so in the log', async (_, sentence, fault) => {
      dataverse.fault = fault;
      await failsWith(sentence);
    });

    it.each<[string, RegExp, string]>([
      ['a page', /: (live_assist\/)?dynamics_token_url answered no JSON object\. /i, '<html>Sign in</html>'],
      [
        'no token',
        /: (live_assist\/)?dynamics_token_url answered no access token\. /i,
        '{"expires_in":3599}',
      ],
    ])('answers 500 when the token address answers %s, and says so in the log', async (_, sentence, text) => {
      dataverse.tokenFault = (response) => response.end(text);
      await failsWith(sentence);
    });

    it('follows no redirect with the access token', async () => {
      dataverse.fault = (response) => response.writeHead(302, { Location: '/elsewhere' }).end();
      expect(await ask('ada@example.com')).toMatchObject({ status: 500 });
      expect(dataverse.asked.filter((path) => path === '/elsewhere')).toEqual([]);
    });

    it('answers 500 when two active contacts have the address, and says so in the log', async () => {
      expect(await ask('twins@example.com')).toMatchObject({ status: 500, body: { error: 'failed' } });
      expect(endpoint.log()).toContain('Two active contacts have one e-mail address.');
    });

    const noKey = /: (live_assist_)?private_key_file cannot be read, or holds no RSA private key\. Is it /i;
    const noAddress = (name: string) =>
      new RegExp(
        `: (live_assist/)?${name} is not written like its example\\. Does it begin with https://`,
        'i',
      );

    it.each<[string, Record<string, string | (() => string)>, RegExp]>([
      ['no key file', { LIVE_ASSIST_PRIVATE_KEY_FILE: '/nowhere/private_key.pem' }, noKey],
      ['a key of another kind', { LIVE_ASSIST_PRIVATE_KEY_FILE: () => pem.elliptic }, noKey],
      ['a key file with something else in it', { LIVE_ASSIST_PRIVATE_KEY_FILE: () => 'rubbish' }, noKey],
      ['the public key in the key file', { LIVE_ASSIST_PRIVATE_KEY_FILE: () => owner.publicKey }, noKey],
      [
        'a key with a pass phrase',
        { LIVE_ASSIST_PRIVATE_KEY_FILE: () => encrypted(owner.privateKey) },
        noKey,
      ],
      [
        'a key of 1024 bits',
        { LIVE_ASSIST_PRIVATE_KEY_FILE: () => pem.short },
        /: (live_assist_)?private_key_file holds a key of 1024 bits\. Make a pair of 2048 bits\./i,
      ],
      [
        'no name of a key file',
        { LIVE_ASSIST_PRIVATE_KEY_FILE: '' },
        /: (live_assist[_/])?private_key_file is not (set|defined)\. \S/i,
      ],
      ['a CRM without https://', { DYNAMICS_URL: 'contoso.crm4.dynamics.com' }, noAddress('dynamics_url')],
      [
        'a CRM that everybody between can read',
        { DYNAMICS_URL: 'http://contoso.crm4.dynamics.com' },
        noAddress('dynamics_url'),
      ],
      [
        "a CRM's page",
        { DYNAMICS_URL: 'https://contoso.crm4.dynamics.com/main.aspx?appid=1' },
        noAddress('dynamics_url'),
      ],
      [
        'a tenant that is not filled in',
        { DYNAMICS_TOKEN_URL: 'https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token' },
        noAddress('dynamics_token_url'),
      ],
    ])('answers 500 while the settings hold %s, and says so in the log', async (name, wrong, sentence) => {
      const settings = Object.entries(wrong).map(([setting, value]) => [
        setting,
        typeof value === 'string' ? value : owner.write(`${name}.pem`, value()),
      ]);
      const of = await owner.run('with-session', Object.fromEntries(settings));
      await failsWith(sentence, of);
      await of.stop();
    });

    it.skipIf(!terminal)('asks nobody at its terminal for a pass phrase', async () => {
      const file = owner.write('encrypted.pem', encrypted(owner.privateKey));
      const of = await owner.run('with-session', { LIVE_ASSIST_PRIVATE_KEY_FILE: file }, 'a-terminal');
      await failsWith(noKey, of);
      expect(of.log()).not.toMatch(/pass ?phrase:/i);
      await of.stop();
    });

    it('says in the log when the client secret is wrong, and does not say the secret', async () => {
      const of = await owner.run('with-session', { DYNAMICS_CLIENT_SECRET: 'expired~secret' });
      await failsWith(/dynamics_token_url answered 401/i, of);
      expect(of.log()).not.toContain('expired~secret');
    }, 60_000);

    it('has written nothing secret or personal to its log through all of this', () => {
      const log = endpoint.log();
      expect(log).toContain('Live Assist token: Dynamics answered 500.');
      const [, keyLine = ''] = owner.privateKey.split('\n');
      for (const secret of [
        dataverse.clientSecret,
        dataverse.accessToken,
        keyLine,
        'eyJ',
        '@example.com',
        guid(5),
      ])
        expect(log).not.toContain(secret);
    });
  });
}

interface Ask {
  method?: string;
  headers?: Record<string, string>;
  of?: RunningProgram;
}

function guid(n: number): string {
  return `a0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}
