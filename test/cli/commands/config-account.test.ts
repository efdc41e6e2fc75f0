import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { oneLine, pasted, publicPem } from '../../diagnosis/diagnose-site.js';
import { connector, json, startAccount } from '../../support/account-server.js';
import { commandLine, file } from '../command-line.js';

let server: Awaited<ReturnType<typeof startAccount>>;
beforeAll(async () => {
  server = await startAccount({ settings: json([]) });
});
beforeEach(() => {
  server.answers = { settings: json([connector(pasted)]) };
});
afterAll(() => server.stop());

const publicKey = file(publicPem, 'public_key.pem');
const config = (...args: string[]) =>
  commandLine(['config', publicKey, '--issuer', 'www.example.com', '--account', '12345678', ...args]);
const configNow = (...args: string[]) => config('--account-url', server.url, ...args);

describe('config --account N', () => {
  it('adds what is configured now to every row', async () => {
    const { code, out, err } = await configNow();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const row of [
      /^ {2}Parameter +Value +Configured now$/m,
      /^ {2}Type +oAuth 2\.0 authentication \(newer screens: Implicit\) +implicit$/m,
      /^ {2}Authentication Endpoint +\(leave blank\) +\(blank\)$/m,
      /^ {2}JWT Public Key +\(the long line below, all of it\) +\(this key\)$/m,
      /^ {2}JS Method Name +authoriseChatWithCallback +"authoriseChatWithCallback"$/m,
      /^ {2}JS Context +\(leave blank\) +\(blank\)$/m,
      /^ {2}JWT Issuer +www\.example\.com +"www\.example\.com"$/m,
      /^ {2}Issuer Display Name +www\.example\.com \(any name will do\) +"Example"$/m,
    ])
      expect(out).toMatch(row);
  });

  it('shows what differs, and what is not published', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const jwtPublicKey = oneLine(String(other.export({ type: 'spki', format: 'pem' })));
    const configuration = { jwtPublicKey, jsContext: 'auth', issuerDisplayName: undefined };
    server.answers.settings = json([connector(pasted, { type: 2, configuration })]);
    const { code, out } = await configNow();
    expect(code).toBe(0);
    expect(out).toMatch(/ code flow$/m);
    expect(out).toMatch(/ \(another key: 2048 bits, SHA-256 [\da-f]{16}\.\.\.\)$/m);
    expect(out).toMatch(/^ {2}JS Context .* "auth"$/m);
    expect(out).toMatch(/^ {2}Issuer Display Name .* \(not published\)$/m);
    expect(out.split('\n')).toContain(pasted);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a deleted provider', { deleted: true }, / implicit \(the provider is deleted\)$/m],
    [
      'a provider that checks by JWKS',
      { configuration: { jwtValidationType: 'JWKS_ENDPOINT' } },
      / \(not used: keys come from JWKS\)$/m,
    ],
    [
      'a provider with an address and no key',
      {
        configuration: {
          jwtValidationType: undefined,
          jwtPublicKey: '',
          jwksEndpoint: 'https://id.example/jwks',
        },
      },
      / \(none: keys come from JWKS\)$/m,
    ],
    [
      'a damaged key',
      { configuration: { jwtPublicKey: pasted.slice(9) } },
      / \(not a key that can be read\)$/m,
    ],
  ])('shows %s', async (_, changed, row) => {
    server.answers.settings = json([connector(pasted, changed)]);
    const { code, out } = await configNow();
    expect(code).toBe(0);
    expect(out).toMatch(row);
  });

  it('shows a private key as leaked, and no part of it', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwtPublicKey = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    server.answers.settings = json([connector(pasted, { configuration: { jwtPublicKey } })]);
    const { out } = await configNow();
    expect(out).toMatch(/ \(a PRIVATE key: it is public now, replace the pair\)$/m);
    expect(out).not.toContain(oneLine(jwtPublicKey).slice(40, 80));
  });

  it('says how many providers a long list leaves out', async () => {
    const many = Array.from({ length: 23 }, (_, id) =>
      connector(pasted, {
        id: String(id),
        configuration: { issuer: `shop${id}.example`, jsMethodName: `m${id}` },
      }),
    );
    server.answers.settings = json(many);
    const { out } = await commandLine(['diagnose', '--account', '12345678', '--account-url', server.url]);
    expect(out).toContain('And 3 more. Select one with --issuer.');
    expect(out).toMatch(/and 3 more/);
  });

  it('does not call a value of another type unpublished', async () => {
    server.answers.settings = json([connector(pasted, { configuration: { issuer: 7, jwtPublicKey: [] } })]);
    const { out } = await configNow();
    expect(out).toMatch(/^ {2}JWT Issuer .* \(not a text\)$/m);
    expect(out).toMatch(/^ {2}JWT Public Key .* \(not a text\)$/m);
    const { out: table } = await commandLine([
      'diagnose',
      '--account',
      '12345678',
      '--account-url',
      server.url,
    ]);
    expect(table).toMatch(/^ {2}JWT Issuer +\(not a text\) /m);
    expect(table).toMatch(/^ {2}JWT Public Key +\(not a text\) /m);
  });

  it('prints the table and one sentence if the account cannot be read', async () => {
    server.answers.settings = json([]);
    const { code, out, err } = await configNow();
    expect(code).toBe(1);
    expect(out).toMatch(/^ {2}JWT Issuer +www\.example\.com +\(not known\)$/m);
    expect(err).toMatch(/^The account publishes no identity provider\./);
  });

  it('prints JSON, but never a private key', async () => {
    const { out } = await configNow('--json');
    const { configuredNow, jwtIssuer } = JSON.parse(out);
    expect(jwtIssuer).toBe('www.example.com');
    expect(configuredNow).toMatchObject({
      id: '1234',
      type: 1,
      jwtPublicKey: pasted,
      issuer: 'www.example.com',
    });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const line = oneLine(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    server.answers.settings = json([connector(line)]);
    for (const args of [['--json'], []]) {
      const { out } = await configNow(...args);
      expect(out).not.toContain(line.slice(100, 160));
    }
  });

  it('refuses options that contradict each other with one line', async () => {
    for (const [args, words] of [
      [['--value', '--account', '12345678'], /Give one of them/],
      [['--timeout', '500', '--issuer', 'a'], /Give its number as well/],
      [['--issuer', 'a', '--account', '12'], /4 to 12 digits/],
    ] as const) {
      const { code, out, err } = await commandLine(['config', publicKey, ...args]);
      expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringMatching(words) });
    }
  });
});
