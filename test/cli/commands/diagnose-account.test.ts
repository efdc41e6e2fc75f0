import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { issuer, oneLine, pasted, publicPem, publicPkcs1, token } from '../../diagnosis/diagnose-site.js';
import { type Answer, connector, json, startAccount } from '../../support/account-server.js';
import { listen } from '../../support/listen.js';
import { commandLine, file, folder } from '../command-line.js';

const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = (pair: { publicKey: { export(options: object): string | Buffer } }) =>
  oneLine(String(pair.publicKey.export({ type: 'spki', format: 'pem' })));
const privateLine = oneLine(String(other.privateKey.export({ type: 'pkcs8', format: 'pem' })));
const certificate = oneLine(
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=a', '-keyout', join(folder(), 'k')],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  ),
);

let server: Awaited<ReturnType<typeof startAccount>>;
beforeAll(async () => {
  server = await startAccount({ settings: json([]) });
});
beforeEach(() => {
  server.asked.length = 0;
  server.answers = { settings: json([connector(pasted)]) };
});
afterAll(() => server.stop());

const account = () => ['--account', '12345678', '--account-url', server.url];
const diagnose = (...args: string[]) => commandLine(['diagnose', ...args, ...account()]);
interface Finding {
  level: string;
  code: string;
  message: string;
}
const findingsOf = async (...args: string[]): Promise<Finding[]> =>
  JSON.parse((await diagnose(...args, '--json')).out);
const faultsOf = async (...args: string[]) =>
  (await findingsOf(...args)).filter(({ level }) => level !== 'note').map(({ code }) => code);
const publish = (changed: Record<string, unknown>, ...more: unknown[]) => {
  server.answers.settings = json([connector(pasted, changed), ...more]);
};
const configure = (configuration: Record<string, unknown>) => publish({ configuration });

describe('diagnose FILE --account N', () => {
  it('finds nothing wrong if the account is configured for the token', async () => {
    const { code, out, err } = await diagnose(file(token()));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('account-signature-fits');
    expect(out).toContain('account-fits');
    expect(out).not.toContain('signature-not-checked');
    expect(out).not.toContain('issuer-not-compared');
    expect(server.asked).toEqual([
      expect.objectContaining({ request: expect.stringContaining('all-connectors') }),
    ]);
  });

  it('sends neither the token nor any credentials to the account', async () => {
    const text = token();
    await diagnose(file(text), '--public-key', pasted);
    const sent = JSON.stringify(server.asked);
    expect(sent).not.toContain(text.split('.')[1]);
    expect(sent).not.toMatch(/cookie|authorization/i);
  });

  const configurations: [string, Record<string, unknown>, string][] = [
    ['the key of another pair', { jwtPublicKey: spki(other) }, 'account-key-differs'],
    [
      'a key that lost a character',
      { jwtPublicKey: pasted.slice(0, 90) + pasted.slice(91) },
      'account-key-unreadable',
    ],
    [
      'a key with a character changed',
      { jwtPublicKey: `MIIBIjANBgkX${pasted.slice(12)}` },
      'account-key-unreadable',
    ],
    ['a key that is cut short', { jwtPublicKey: pasted.slice(0, 200) }, 'account-key-unreadable'],
    ['no key', { jwtPublicKey: '' }, 'account-key-blank'],
    ['a key of 1024 bits', { jwtPublicKey: spki(small) }, 'account-key-small'],
    ['a key of another algorithm', { jwtPublicKey: spki(elliptic) }, 'account-key-unreadable'],
    ['a certificate', { jwtPublicKey: certificate }, 'account-key-unreadable'],
    ['a private key', { jwtPublicKey: privateLine }, 'account-key-private'],
    ['an issuer with a slash', { issuer: `${issuer}/` }, 'account-issuer'],
    ['an issuer with https://', { issuer: `https://${issuer}` }, 'account-issuer'],
    ['an issuer with a capital', { issuer: 'www.Example.com' }, 'account-issuer'],
    ['a blank issuer', { issuer: '' }, 'account-issuer-blank'],
    ['a method with z', { jsMethodName: 'authorizeChatWithCallback' }, 'account-method'],
    ['a method with a blank behind it', { jsMethodName: 'authoriseChatWithCallback ' }, 'account-method'],
    ['a blank method', { jsMethodName: '' }, 'account-method-blank'],
    ['a JS Context', { jsContext: 'auth' }, 'account-context'],
    [
      'JWKS',
      { jwtValidationType: 'JWKS_ENDPOINT', jwksEndpoint: 'https://www.example.com/jwks' },
      'account-jwks',
    ],
    ['an unknown validation type', { jwtValidationType: 'SECRET' }, 'account-validation'],
    [
      'an Authentication Endpoint',
      { authorizationEndpoint: 'https://www.example.com/t' },
      'account-endpoint',
    ],
  ];
  const providers: [string, Record<string, unknown>, string][] = [
    ['code flow', { type: 2 }, 'account-type'],
    ['an unknown type', { type: 7 }, 'account-type'],
    ['a deleted provider', { deleted: true }, 'account-deleted'],
  ];
  const deviations = [
    ...configurations.map(([what, configuration, code]) => [what, { configuration }, code] as const),
    ...providers,
  ];

  it.each(deviations)('names %s first, and nothing else of the account', async (_, changed, code) => {
    publish(changed);
    const findings = await findingsOf(file(token()), '--public-key', pasted);
    expect(findings[0]).toMatchObject({ level: 'warning', code });
    expect(findings.filter(({ level }) => level !== 'note')).toHaveLength(1);
    expect(findings[0]?.message).toContain("LivePerson's documentation");
  });

  it('has at least twenty of these deviations', () => {
    expect(new Set(deviations.map(([what]) => what)).size).toBeGreaterThanOrEqual(20);
  });

  it.each([
    ['in PEM', publicPem],
    ['with line breaks', oneLine(publicPem).replace(/.{64}/g, '$&\n')],
    ['in base64url', pasted.replaceAll('+', '-').replaceAll('/', '_')],
    ['in PKCS#1', publicPkcs1],
    ['without padding', pasted.replace(/=+$/, '')],
  ])('recognises the same key %s', async (_, jwtPublicKey) => {
    configure({ jwtPublicKey });
    expect(await faultsOf(file(token()), '--public-key', pasted)).toEqual([]);
    expect(await faultsOf(file(token()), '--public-key', publicPem)).toEqual([
      'key-header',
      'key-line-breaks',
    ]);
    expect(await faultsOf(file(token()))).toEqual([]);
  });

  it.each(['window', ' ', ''])('treats the JS Context "%s" as blank', async (jsContext) => {
    configure({ jsContext, jsMethodName: 'window.authoriseChatWithCallback' });
    expect(await faultsOf(file(token()))).toEqual([]);
  });

  it("accepts the Authentication Endpoint of Microsoft's portals, which their article asks for", async () => {
    const jsMethodName = 'auth.getAuthenticationToken';
    configure({ jsMethodName, authorizationEndpoint: 'https://contoso.example/_services/auth/token' });
    expect(await faultsOf(file(token()), '--method-name', jsMethodName)).toEqual([]);
    configure({ authorizationEndpoint: 'https://contoso.example/_services/auth/token' });
    expect(await faultsOf(file(token()))).toEqual(['account-endpoint']);
  });

  it('checks the signature with the published key if no key was given', async () => {
    configure({ jwtPublicKey: spki(other) });
    expect(await faultsOf(file(token()))).toEqual(['account-key-signature']);
  });

  it.each([
    ['in PEM', publicPem],
    ['with a line break', `${pasted.slice(0, 64)}\n${pasted.slice(64)}`],
    ['with a zero-width space', `${pasted.slice(0, 50)}\u200b${pasted.slice(50)}`],
    ['in quotation marks', `"${pasted}"`],
    ['in PKCS#1', publicPkcs1],
    ['in base64 twice', Buffer.from(pasted).toString('base64')],
  ])('mentions a key %s without being given a key, and does not call it right', async (_, jwtPublicKey) => {
    configure({ jwtPublicKey });
    for (const args of [[], ['--issuer', issuer], [file(token())]]) {
      const codes = (await findingsOf(...args)).map(({ code }) => code);
      expect(codes).toContain('account-key-encoding');
      expect(codes).not.toContain('account-fits');
    }
  });

  it.each([5, 51, 200, 389])('says where one character of the key at %d was changed', async (index) => {
    const changed = pasted[index] === 'A' ? 'B' : 'A';
    configure({ jwtPublicKey: pasted.slice(0, index) + changed + pasted.slice(index + 1) });
    for (const args of [[file(token())], []]) {
      const [first] = await findingsOf(...args, '--public-key', pasted);
      expect(first?.code).toMatch(/^account-key-(differs|unreadable)$/);
      expect(first?.message).toContain(
        `differs in one character, at position ${index + 1}, from the site's key.`,
      );
    }
  });

  it('says where two characters of the key were changed', async () => {
    const swapped = pasted.slice(0, 200) + (pasted[200] === 'A' ? 'BC' : 'AC') + pasted.slice(202);
    configure({ jwtPublicKey: swapped });
    const [first] = await findingsOf(file(token()), '--public-key', pasted);
    expect(first?.message).toMatch(
      /differs in (one character|two characters, at the positions 201 and 202),/,
    );
  });

  it('blames the given key, not the configured one, if the token fits the configured one', async () => {
    const findings = await findingsOf(file(token()), '--public-key', spki(other));
    const account = findings.filter(({ level, code }) => level !== 'note' && code.startsWith('account'));
    expect(findings[0]?.code).toBe('other-pair');
    expect(account).toEqual([
      {
        level: 'warning',
        code: 'account-key-given',
        message: expect.stringMatching(/^The given public key is wrong, not the configured one:/),
      },
    ]);
  });

  it('mentions what is not published, without a finding', async () => {
    server.answers.settings = json([
      {
        id: 1,
        type: 1,
        name: 'Old',
        configuration: { jsMethodName: 'authoriseChatWithCallback', issuer: null },
      },
    ]);
    const { code, out } = await diagnose(file(token()));
    expect(code).toBe(0);
    expect(out).toContain('signature-not-checked');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'does not publish these settings, so they were not compared: deleted, validation type, JWT Public Key, JWT Issuer, JS Context, Authentication Endpoint.',
    );
    expect(out).toContain('issuer-not-compared');
  });

  it('puts a proven error before all findings about the account', async () => {
    configure({ jwtPublicKey: privateLine });
    const findings = await findingsOf(file(token({ sub: 'x' })), '--public-key', pasted);
    expect(findings.map(({ code }) => code).slice(0, 2)).toEqual(['sub-not-guid', 'account-key-private']);
    expect(
      findings.filter(({ code }) => code.startsWith('account')).every(({ level }) => level !== 'error'),
    ).toBe(true);
  });
});

describe('the identity provider', () => {
  const named = (name: string, configuration: Record<string, unknown>, rest = {}) =>
    connector(pasted, { name, configuration, ...rest });

  it('is selected by its issuer', async () => {
    server.answers.settings = json([
      named('Staging', { issuer: 'staging.example.com', jwtPublicKey: spki(other) }),
      named('Live', {}),
    ]);
    const findings = await findingsOf(file(token()), '--public-key', pasted);
    expect(findings.find(({ code }) => code === 'account-provider')?.message).toContain(
      '"Live", found by its issuer',
    );
    expect(findings.every(({ level }) => level === 'note')).toBe(true);
  });

  it('is selected by its method name if no issuer fits', async () => {
    server.answers.settings = json([
      named('Portal', { issuer: 'portal.example.com', jsMethodName: 'auth.getAuthenticationToken' }),
      named('Live', { issuer: 'example.com' }),
    ]);
    expect(await faultsOf(file(token()))).toEqual(['account-issuer']);
    const portal = await findingsOf(file(token()), '--method-name', 'auth.getAuthenticationToken');
    expect(portal.find(({ code }) => code === 'account-provider')?.message).toContain('"Portal"');
  });

  it('is listed with all others if neither fits, or several do', async () => {
    const several = [
      named('One', { issuer: 'one.example.com' }),
      named('Two', { issuer: 'two.example.com' }),
    ];
    const none = [named('One', { issuer: 'one.example.com', jsMethodName: 'a' })];
    for (const [list, code] of [
      [several, 'account-several-providers'],
      [none, 'account-no-provider'],
    ] as const) {
      server.answers.settings = json(list);
      const [first] = await findingsOf(file(token()));
      expect(first).toMatchObject({ level: 'warning', code });
      expect(first?.message).toContain('\n  "One": issuer "one.example.com", method ');
    }
    server.answers.settings = json(several);
    const { out } = await diagnose();
    expect(out.replace(/\s+/g, ' ')).toContain('no issuer was given to tell them apart.');
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['publishes neither issuer nor method', { issuer: null, jsMethodName: undefined }, []],
    [
      'publishes no issuer and another method',
      { issuer: undefined, jsMethodName: 'authorizeChatWithCallback' },
      ['account-method'],
    ],
    [
      'publishes no method and another issuer',
      { issuer: `${issuer}/`, jsMethodName: null },
      ['account-issuer'],
    ],
    [
      'publishes neither, and the key of another pair',
      { issuer: null, jsMethodName: null, jwtPublicKey: spki(other) },
      ['account-key-signature'],
    ],
  ])('is the only one, even if it %s', async (_, configuration, faults) => {
    configure(configuration);
    const findings = await findingsOf(file(token()));
    expect(findings.filter(({ level }) => level !== 'note').map(({ code }) => code)).toEqual(faults);
    const messages = new Map(findings.map(({ code, message }) => [code, message]));
    expect(messages.get('account-provider')).toContain('the only one of the account');
    expect(messages.get('account-not-published')).toMatch(/JWT Issuer|JS Method Name/);
  });

  it('is the live one with a slip, if the one with the right issuer is deleted', async () => {
    for (const slip of [`${issuer}/`, issuer.replace('x', '')]) {
      server.answers.settings = json([
        named('Gone', {}, { deleted: true }),
        named('Other site', { issuer: 'shop.contoso.com' }),
        named('Live', { issuer: slip }),
      ]);
      const findings = await findingsOf(file(token()));
      expect(findings[0]?.code).toBe('account-issuer');
      expect(findings.find(({ code }) => code === 'account-provider')?.message).toContain('"Live"');
    }
    server.answers.settings = json([
      named('Other site', { issuer: 'shop.contoso.com' }),
      named('Gone', {}, { deleted: true }),
    ]);
    expect(await faultsOf(file(token()))).toEqual(['account-deleted']);
  });

  it("is the one with the site's key, if several have the same issuer and method", async () => {
    const [wrong, right] = [named('Wrong', { jwtPublicKey: spki(other) }), named('Right', {})];
    for (const list of [
      [wrong, right],
      [right, wrong],
    ]) {
      server.answers.settings = json(list);
      expect(await faultsOf(file(token()))).toEqual([]);
      expect(await faultsOf('--issuer', issuer, '--public-key', pasted)).toEqual([]);
      const [first] = await findingsOf('--issuer', issuer);
      expect(first?.code).toBe('account-several-providers');
      expect(first?.message).toContain(`have the JWT Issuer "${issuer}"`);
      expect(first?.message).toMatch(/"Wrong": .*\n.*"Right": |"Right": .*\n.*"Wrong": /);
    }
  });

  it('is the one that exists, if a deleted one has the same issuer', async () => {
    server.answers.settings = json([
      named('Gone', { jwtPublicKey: '' }, { deleted: true }),
      named('Live', {}),
    ]);
    expect(await faultsOf(file(token()))).toEqual([]);
  });
});

describe('diagnose --account N', () => {
  it('prints what is configured next to what is expected', async () => {
    configure({ issuer: `${issuer}/`, jsContext: 'auth' });
    const { code, out } = await diagnose('--public-key', `@${file(publicPem)}`, '--issuer', issuer);
    expect(code).toBe(1);
    expect(out).toMatch(/^Identity provider "Site"$/m);
    expect(out).toMatch(/^ {2}Setting +Configured +Expected$/m);
    expect(out).toMatch(/^ {2}JWT Issuer +"www\.example\.com\/" +"www\.example\.com"$/m);
    expect(out).toMatch(/^ {2}JWT Public Key +(2048 bits, SHA-256 [\da-f]{16}\.\.\.) +\1$/m);
    expect(out).toMatch(/^ {2}JS Context +"auth" +\(blank\) or "window"$/m);
    expect(out).toMatch(/^warning {2}account-issuer$/m);
  });

  it('prints every identity provider if none fits', async () => {
    server.answers.settings = json([connector(pasted), connector(pasted, { name: 'Second' })]);
    const { out } = await diagnose('--issuer', 'shop.example.com', '--method-name', 'shop.token');
    expect(out).toContain('Identity provider "Site"');
    expect(out).toContain('Identity provider "Second"');
    expect(out).toContain('account-no-provider');
  });

  it('says what was not compared because nothing was given to compare it with', async () => {
    const messageOf = async (...args: string[]) =>
      (await findingsOf(...args)).find(({ code }) => code === 'account-not-compared')?.message;
    expect(await messageOf()).toContain('compare them with: JWT Public Key, JWT Issuer. Give a token');
    expect(await messageOf('--issuer', issuer)).toContain('compare them with: JWT Public Key. Give');
    expect(await messageOf('--issuer', issuer, '--public-key', pasted)).toBeUndefined();
    expect(await messageOf(file(token()))).toBeUndefined();
  });

  it.each<[string, string, string]>([
    ['lost a character', pasted.slice(0, 90) + pasted.slice(91), 'key-characters-missing'],
    ['is a private key', privateLine, 'private-key'],
    ['is a token', token(), 'key-is-token'],
  ])('names a given key first that %s, and says that it was not compared', async (_, key, first) => {
    const [given, ...rest] = await findingsOf('--issuer', issuer, '--public-key', `@${file(key)}`);
    expect(given).toMatchObject({ level: 'error', code: first });
    expect(rest.map(({ code }) => code)).toContain('account-key-not-compared');
    expect(rest.map(({ code }) => code)).not.toContain('account-fits');
    expect((await diagnose('--public-key', `@${file(key)}`)).code).toBe(1);
  });

  it('prints no escape sequence that the account publishes', async () => {
    configure({
      issuer: '\u001b[31mred\u202e',
      jsMethodName: 'authoriseChatWithCallback',
      jwtValidationType: '\u001b[2J',
    });
    const { out } = await diagnose('--issuer', issuer);
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('\u202e');
  });

  it('asks at a whole address as well', async () => {
    const path = '/api/account/12345678/configuration/le-connectors/all-connectors';
    const { code } = await commandLine([
      'diagnose',
      '--account',
      '12345678',
      '--account-url',
      server.url + path,
    ]);
    expect(code).toBe(0);
  });
});

describe('diagnose --page URL --account N', () => {
  it('expects the method of the page, and suggests the account if it is not given', async () => {
    configure({ jsMethodName: 'auth.getToken' });
    const html = `<!doctype html><script src="/b.js" data-token-endpoint="/t" data-method-name="auth.getToken"></script><script>lpTag.site = '12345678'</script>`;
    const site = await listen(
      createServer((request, response) => {
        response.writeHead(200, { 'Content-Type': request.url === '/' ? 'text/html' : 'text/javascript' });
        response.end(request.url === '/' ? html : '/*! live-assist-bridge 1 | MIT */');
      }),
    );
    const codes = async (...args: string[]) => {
      const { out } = await commandLine(['diagnose', '--page', site.url, '--json', ...args]);
      const found: Finding[] = JSON.parse(out);
      return found;
    };
    const [alone, compared] = [await codes(), await codes(...account())];
    await site.stop();
    expect(alone.find(({ code }) => code === 'page-account')?.message).toContain(
      '`npx live-assist-bridge diagnose --account 12345678`',
    );
    expect(compared.map(({ code }) => code)).toContain('account-fits');
  });
});

describe('an answer that is not the settings', () => {
  const text =
    (body: string | Buffer, headers: Record<string, string> = {}, status = 200): Answer =>
    (_, response) => {
      response.writeHead(status, headers);
      response.end(body);
    };

  it.each<[string, Answer, string, RegExp]>([
    ['HTML', text('<!doctype html><title>Sign in</title>'), 'account-html', /an HTML page instead of JSON\./],
    ['an empty list', json([]), 'account-empty', /publishes no identity provider\./],
    ['nothing', text(''), 'account-blank', /the answer is empty\./],
    ['text', text('hello'), 'account-unexpected', /"account settings: text that is not JSON"/],
    ['null', json(null), 'account-unexpected', /"account settings: null"/],
    [
      'an object',
      json({ error: { message: 'secret-value' } }),
      'account-unexpected',
      /"account settings: \{ error: \{ message: string \} \}"/,
    ],
    [
      'a list of numbers',
      json([1, 2]),
      'account-unexpected',
      /"account settings: a list of 2, first number"/,
    ],
    ['404', json({}, 404), 'account-status', /answered 404\. Is the account number right\?/],
    ['403', json({}, 403), 'account-status', /answered 403\. .*without credentials/],
    ['500', json({}, 500), 'account-status', /answered 500\. Try again later\./],
    [
      'a redirect',
      text('', { Location: 'https://elsewhere.example/x?secret=1' }, 302),
      'account-redirected',
      /redirects to "https:\/\/elsewhere\.example\/x"\./,
    ],
    ['10 MB', text(Buffer.alloc(10_000_000, ' ')), 'account-too-large', /larger than 1 MB/],
  ])('is named: %s', async (_, settings, code, words) => {
    server.answers.settings = settings;
    const findings = await findingsOf(file(token()), '--public-key', pasted);
    const account = findings.filter((found) => found.code.startsWith('account'));
    expect(account).toEqual([{ level: 'warning', code, message: expect.stringMatching(words) }]);
    expect(account[0]?.message).not.toMatch(/secret/);
    expect((await diagnose()).code).toBe(1);
  });

  it('is requested once more after 503', async () => {
    let count = 0;
    server.answers.settings = (...all) => (count++ === 0 ? json({}, 503) : json([connector(pasted)]))(...all);
    expect(await faultsOf(file(token()))).toEqual([]);
    expect(count).toBe(2);
  });

  it.each([
    ['never begins', () => {}],
    ['begins and stops', (_: unknown, response: { write(text: string): void }) => response.write('[')],
  ] as [string, Answer][])('is given up if it %s', async (_, settings) => {
    server.answers.settings = settings;
    const findings = await findingsOf(file(token()), '--timeout', '150');
    expect(findings[0]).toMatchObject({ level: 'warning', code: 'account-silent' });
    expect(findings[0]?.message).toContain('within 150 ms');
  });

  it('is named if nothing listens there', async () => {
    const stopped = await startAccount({ settings: json([]) });
    await stopped.stop();
    const { out } = await commandLine([
      'diagnose',
      '--account',
      '12345678',
      '--account-url',
      stopped.url,
      '--json',
    ]);
    expect(JSON.parse(out)[0]).toMatchObject({
      code: 'account-unreachable',
      message: expect.stringMatching(/nothing listens there.*open the address of --account-url in a browser/),
    });
  });

  it('is printed to be opened in a browser if there is no network here', async () => {
    vi.stubGlobal('fetch', async () => {
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } });
    });
    const { out } = await commandLine(['diagnose', '--account', '12345678']);
    vi.unstubAllGlobals();
    expect(out).toContain(
      '\n  https://accdn.lpsnmedia.net/api/account/12345678/configuration/le-connectors/all-connectors\n',
    );
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a method that is a list', { configuration: { jsMethodName: [] } }, 'jsMethodName is a list'],
    ['a key that is a number', { configuration: { jwtPublicKey: 5 } }, 'jwtPublicKey is a number'],
    ['an issuer that is an object', { configuration: { issuer: {} } }, 'issuer is an object'],
    ['a type that is text', { type: 'implicit' }, 'type is a text'],
    ['deleted as a number', { deleted: 0 }, 'deleted is a number'],
    [
      'an issuer and a method that are numbers',
      { configuration: { issuer: 7, jsMethodName: 5 } },
      'issuer is a number, jsMethodName is a number',
    ],
  ])('has %s', async (_, changed, words) => {
    publish(changed);
    const [first, ...rest] = await findingsOf(file(token()), '--public-key', pasted);
    expect(first).toMatchObject({ level: 'warning', code: 'account-fields' });
    expect(first?.message).toContain(`paste this line into an issue: "account settings: ${words}"`);
    expect(rest.every(({ level }) => level === 'note')).toBe(true);
  });
});

describe('a configuration of another type', () => {
  it.each([
    ['a text', JSON.stringify(connector(pasted).configuration)],
    ['a list', []],
    ['a number', 5],
  ])('is named, and not called unpublished: %s', async (kind, configuration) => {
    server.answers.settings = json([{ ...connector(pasted), configuration }]);
    const [first, ...rest] = await findingsOf(file(token()));
    expect(first).toMatchObject({ level: 'warning', code: 'account-fields' });
    expect(first?.message).toContain(`"account settings: configuration is ${kind}"`);
    expect(rest.map(({ code }) => code)).not.toContain('account-not-published');
  });

  it('is named in a list of several as well', async () => {
    const unreadable = { configuration: { issuer: 7, jsMethodName: 5 } };
    server.answers.settings = json([connector(pasted, unreadable), connector(pasted, unreadable)]);
    const findings = await findingsOf(file(token()));
    expect(findings.find(({ code }) => code === 'account-no-provider')?.message).toContain(
      'issuer not a text',
    );
    expect(findings.find(({ code }) => code === 'account-fields')?.message).toContain('issuer is a number');
  });
});

describe('--save FILE', () => {
  it('saves the form of the answer, without the values that belong to the account', async () => {
    publish({
      name: 'Contoso Bank',
      configuration: { issuer: 'https://www.contoso.com/', clientSecret: 'hunter2', extra: [{ n: 77 }] },
    });
    const path = join(folder(), 'account.json');
    const { code, out } = await diagnose('--save', path);
    expect(code).toBe(0);
    expect(out).toContain('Read the file before you pass it on.');
    const text = readFileSync(path, 'utf8');
    expect(text).not.toMatch(/contoso|hunter|1234|77/i);
    expect(text).not.toContain(pasted.slice(20, 60));
    const [saved] = JSON.parse(text);
    expect(Object.keys(saved)).toEqual(['id', 'type', 'name', 'deleted', 'configuration']);
    expect(saved).toMatchObject({ type: 1, name: 'xxxxxxx xxxx', deleted: false });
    expect(saved.configuration).toMatchObject({
      jwtValidationType: 'PUBLIC_JWT_KEY',
      jsMethodName: 'authoriseChatWithCallback',
      issuer: 'xxxxx://xxx.xxxxxxx.xxx/',
      jsContext: '',
      preferred: true,
    });
    expect(saved.configuration.jwtPublicKey).toHaveLength(pasted.length);
  });

  it('overwrites no file, and saves nothing that is not JSON', async () => {
    const path = file('mine');
    configure({ jsContext: 'auth' });
    const { code, out, err } = await diagnose('--save', path);
    expect(out).toContain('account-context');
    expect(out).toMatch(/^Identity provider "Site"$/m);
    expect(JSON.parse((await diagnose('--save', path, '--json')).out)).toContainEqual(
      expect.objectContaining({ code: 'account-context' }),
    );
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/exists and is not overwritten\. Move it away, or name another file\.\n$/),
    });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    server.answers.settings = (_, response) => response.end('<html>');
    const fresh = join(folder(), 'x.json');
    expect((await diagnose('--save', fresh)).out).toContain('Nothing was saved');
    expect(existsSync(fresh)).toBe(false);
  });
});

describe('bad options', () => {
  it.each<[string, string[], RegExp]>([
    ['a number that is too short', ['--account', '123'], /4 to 12 digits/],
    ['a number that is too long', ['--account', '1234567890123'], /4 to 12 digits/],
    ['a name for a number', ['--account', 'contoso'], /4 to 12 digits/],
    [
      'an address without a scheme',
      ['--account', '1234', '--account-url', 'localhost:1'],
      /--account-url is not an address/,
    ],
    [
      'an address with a password',
      ['--account', '1234', '--account-url', 'https://a:b@c.example'],
      /user name or password/,
    ],
    ['--account-url alone', ['x', '--account-url', 'https://c.example'], /Give its number as well/],
    ['--account-url and nothing else', ['--account-url', 'https://c.example'], /--account N/],
    ['--ask-live-assist and nothing else', ['--ask-live-assist'], /--account N/],
    ['--save alone', ['x', '--save', 'y'], /Give its number as well/],
    ['--ask-live-assist alone', ['x', '--ask-live-assist'], /Give its number as well/],
    ['--ask-live-assist without a token', ['--account', '1234', '--ask-live-assist'], /sends a token/],
    [
      'a method that no page can have',
      ['--account', '1234', '--account-url', 'http://127.0.0.1:1', '--method-name', 'a-b'],
      /method name/,
    ],
    [
      'a header without an address',
      ['--account', '1234', '--header', 'A: b'],
      /--header is for asking a URL/,
    ],
    ['nothing at all', [], /FILE, URL or - is missing/],
  ])('are refused in a line: %s', async (_, args, words) => {
    const { code, out, err } = await commandLine(['diagnose', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
