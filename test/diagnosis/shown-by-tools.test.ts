import { generateKeyPairSync } from 'node:crypto';
import { createMinter, diagnose, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { has, jwk, line, path, privateKeys, publicKeys, publicPem, run } from '../key/artifacts.js';
import { encode, issuer, messageOf, pasted, token } from './diagnose-site.js';

const firstOf = async (subject: string, publicKey = pasted) =>
  (await diagnose(subject, { publicKey, issuer }))[0];
const codesOf = async (subject: string, publicKey = pasted) =>
  (await diagnose(subject, { publicKey, issuer })).map(({ code }) => code);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const inLines = (text: string, joint: string) => (text.match(/.{1,76}/g) ?? []).join(joint);
const wp = '\nWarning: Undefined variable $name in /srv/token.php on line 7\n';

describe('a token as consoles, chats and programs show it', () => {
  it.each([
    ['irb', `=> "${token()}"`],
    ['irb, then a prompt', `"${token()}"\nirb(main):002:0>`],
    ['irb, then nil', `"${token()}"\n=> nil`],
    ['pry', `[1] pry(main)> token\n=> "${token()}"`],
    ['R', `[1] "${token()}"`],
    ['a chat', `[12:31] Jane\n${token()}`],
    ['a log', `[2026-11-30 12:00:01] local.INFO: ${token()}`],
    ['the end of a sentence', `${token()}.`],
    ['folded YAML', `token: >-\n  ${inLines(token(), '\n  ')}\n`],
  ])('is taken out, and only the text around it is named: %s', async (_, text) => {
    const codes = await codesOf(text);
    expect(codes[0]).toBe('text-around-token');
    expect(codes).toContain('signature-fits');
  });

  it('is not blamed on WordPress, unless its 0 follows', async () => {
    expect(await codesOf(`"${token()}"0`)).toContain('text-after-json');
    expect((await firstOf(`"${token()}"\n=> nil`))?.message).not.toContain('WordPress');
  });

  it.each([
    ['Ruby', `{"token"=>"${token()}"}`],
    ['Python', `{'token': '${token()}'}`],
    ['Node', `{ token: '${token()}' }`],
  ])('is not called the answer of the endpoint if %s may have printed it', async (_, text) => {
    const found = await firstOf(text);
    expect(found).toMatchObject({ code: 'json-broken' });
    expect(found?.message).toMatch(/^This begins like JSON .*console printed it, copy the token alone/);
    const answer = new Response(text, { headers: { 'content-type': 'application/json' } });
    expect(await messageOf('json-broken', answer)).toMatch(/^The answer begins like JSON/);
  });

  it.each([
    ['text', wp],
    ['HTML', '<br />\n<b>Warning</b>:  Undefined variable $a in <b>/srv/t.php</b> on line <b>7</b><br />\n'],
  ])('is behind a warning of PHP in %s, which is named', async (_, warning) => {
    expect((await firstOf(warning + token()))?.message).toMatch(
      /^PHP printed a message \("Warning"\) before the token/,
    );
  });

  it('is behind what curl prints, for which the endpoint is not blamed', async () => {
    const progress = '  % Total    % Received % Xferd\n100   700  100   700    0     0   1234\n';
    const message = await messageOf('text-before-json', `${progress}{"token":"${token()}"}`);
    expect(message).toContain('copy the JSON alone');
  });
});

describe('what stands in place of a token', () => {
  const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const claims = { sub: id, iss: issuer, iat: 1, exp: 2 };
  it.each<[name: string, text: string, code: string, words: RegExp]>([
    [
      'the tag',
      '<script src="/b.js" data-token-endpoint="/t"></script>',
      'html-page',
      /^This is a script element with the/,
    ],
    ['a script', '<script>window.lpTag = {};</script>', 'html-page', /^This is a script element, not/],
    ['a piece of HTML', '<div>Hello</div>', 'html-page', /^This is a piece of HTML, not/],
    ['a page', '<!doctype html><html></html>', 'html-page', /^This is an HTML page, not/],
    [
      'an OpenID configuration',
      `{"issuer":"https://a.example","jwks_uri":"https://a.example/k"}`,
      'token-is-discovery',
      /OpenID/,
    ],
    [
      'percent-encoded JSON',
      encodeURIComponent(JSON.stringify({ token: token() })),
      'token-percent-encoded',
      /%22/,
    ],
    ['JSON in base64', base64(JSON.stringify({ token: token() })), 'token-encoded-twice', /once more/],
    ['the payload alone', encode(claims), 'token-parts', /only the payload/],
    ['the header alone', encode({ alg: 'RS256', typ: 'JWT' }), 'token-parts', /only the header/],
    [
      'claims as Python prints them',
      `{'sub': '${id}', 'iat': 1, 'exp': 2}`,
      'token-decoded',
      /decoded claims/,
    ],
    [
      'claims as Ruby prints them',
      `[{"sub"=>"${id}", "iat"=>1}, {"alg"=>"RS256"}]`,
      'token-decoded',
      /decoded claims/,
    ],
    [
      'SAML in base64',
      base64('<saml:Assertion xmlns:saml="x"></saml:Assertion>'),
      'token-other-kind',
      /SAML/,
    ],
    [
      'SAML as XML',
      '<?xml version="1.0"?>\n<samlp:Response xmlns:samlp="x"></samlp:Response>',
      'token-other-kind',
      /SAML/,
    ],
    ['a form with SAML', `SAMLResponse=${base64('<samlp:Response>')}`, 'token-other-kind', /SAML/],
    ['a session cookie', 'PHPSESSID=ab12cd34ef56ab12cd34ef56ab', 'token-other-kind', /session cookie/],
    [
      'a cookie of ASP.NET Core',
      `.AspNetCore.Cookies=CfDJ8${'a'.repeat(80)}`,
      'token-other-kind',
      /session cookie/,
    ],
    ['a code of Keycloak', `${id}.${id}.${id}`, 'not-a-token', /not a token/],
    ['an access token of Google', 'ya29.a0AfH6SMBx-abcdefghijklmnop_qrstuv', 'not-a-token', /not a token/],
    ['an object', 'Response {type: "basic", status: 200}', 'token-is-nothing', /Response/],
    [
      'the table of Invoke-WebRequest',
      `StatusCode        : 200\r\nContent           : {"token":"${token().slice(0, 90)}\r\n                    ...`,
      'token-shortened',
      /shortened/,
    ],
  ])('is named: %s', async (_, text, code, words) => {
    const found = (await diagnose(text)).filter(({ level }) => level === 'error');
    expect(found).toEqual([expect.objectContaining({ code, message: expect.stringMatching(words) })]);
  });

  it.each([
    ['https://login.microsoftonline.com/x/v2.0', { nonce: 'a' }, 'an identity token of Microsoft Entra ID'],
    ['https://login.microsoftonline.com/x/v2.0', { scp: 'a' }, 'an access token of Microsoft Entra ID'],
    ['https://sts.windows.net/x/', {}, 'an access token of Microsoft Entra ID'],
    ['https://a.b2clogin.com/x/v2.0/', {}, 'a token of Microsoft Entra ID'],
    ['https://a.eu.auth0.com/', { sub: 'auth0|5f7c8ec7' }, 'a token of Auth0'],
    ['https://a.okta.com/oauth2/default', {}, 'a token of Okta'],
    ['https://cognito-idp.eu-west-1.amazonaws.com/p', {}, 'a token of Amazon Cognito'],
    ['https://accounts.google.com', { sub: '110169484474386276334' }, 'a token of Google'],
    ['https://securetoken.google.com/p', {}, 'a token of Firebase'],
    ['https://appleid.apple.com', {}, 'a token of Apple'],
  ])('is named first, by its issuer %s and %j', async (iss, claims, words) => {
    expect((await firstOf(token({ iss, ...claims })))?.message).toContain(`This is ${words}, not the token`);
  });

  it.each(
    Object.entries(privateKeys).filter(([name]) =>
      /XML|JWK$|RSAParameters|PuTTY|OpenSSH|PKCS#12 file$/.test(name),
    ),
  )('is a private key, whose form is named as in the field of the key: %s', async (_, text = '') => {
    const asKey = await messageOf('private-key', token(), { publicKey: text });
    expect(asKey).toMatch(/^This is a PRIVATE key \(/);
    expect(await messageOf('private-key', text)).toBe(asKey);
  });
});

describe('a public key as tools show it', () => {
  const strings = (joint: string) => inLines(line, joint);
  it.each<[name: string, text: string, code: string]>([
    ['a line of a log before it', `Authenticating...\n${publicPem}`, 'key-text-around'],
    ['irb', `=> "${line}"`, 'key-text-around'],
    ['strings of Java', `"${strings('" +\n"')}"`, 'key-text-around'],
    ['a list of Python', `['${publicPem.trim().split('\n').join("', '")}']`, 'key-text-around'],
    [
      'AWS',
      JSON.stringify({ KeyId: 'arn:aws:kms:x', PublicKey: line, KeySpec: 'RSA_2048' }, null, 4),
      'key-text-around',
    ],
    [
      'Google Cloud',
      JSON.stringify({ pem: publicPem, algorithm: 'RSA_SIGN_PKCS1_2048_SHA256' }),
      'key-text-around',
    ],
    ['a mail', publicPem.trim().replace(/^(.*)$/gm, '<div class="x">$1</div>'), 'key-header'],
    ['Terraform', `key = <<-EOT\n    ${publicPem.trim().replace(/\n/g, '\n    ')}\nEOT\n`, 'key-text-around'],
  ])('is compared, and named: %s', async (_, text, code) => {
    const codes = await codesOf(token(), text);
    expect(codes.find((found) => found.startsWith('key-'))).toBe(code);
    expect(codes).toContain('key-fine');
    expect(await publicKeyValue(text)).toBe(line);
  });

  it('is a certificate if a JWK holds only that', async () => {
    const x5c = [publicKeys['a certificate']?.replace(/-----.*?-----|\s/g, '')];
    const publicKey = JSON.stringify({ keys: [{ kty: 'RSA', use: 'sig', x5c }] });
    expect((await firstOf(token(), publicKey))?.code).toBe('key-certificate');
    await expect(publicKeyValue(publicKey)).rejects.toMatchObject({ code: 'certificate' });
  });

  it.each<[name: string, text: string, code: string]>([
    ['a script', '<script>var a = 1</script>', 'key-is-html'],
    ['a page', '<!doctype html><html><body>Hi</body></html>', 'key-is-html'],
    [
      'an OpenID configuration',
      '{"issuer":"https://a.example","jwks_uri":"https://a.example/k"}',
      'key-is-discovery',
    ],
    ['bytes of .NET', 'System.Byte[]', 'key-is-object'],
    ['numbers of Ruby', '{"n"=>#<OpenSSL::BN:0x00007fcb>, "e"=>#<OpenSSL::BN:0x00007fcc>}', 'key-is-object'],
    ['nothing', 'undefined', 'key-placeholder'],
    ['sha256sum', `${'ab'.repeat(32)}  -`, 'key-is-fingerprint'],
    ['openssl', 'Could not open file or uri for loading key from nowhere.pem', 'key-is-message'],
    ['a shell', "'openssl' is not recognized as an internal or external command", 'key-is-message'],
    [
      'a PEM file with dots',
      `-----BEGIN PUBLIC KEY-----\n${line.slice(0, 60)}...\n-----END PUBLIC KEY-----`,
      'key-shortened',
    ],
  ])('is something else, which is named: %s', async (_, text, code) => {
    const found = (await codesOf(token(), text)).filter((found) => found.startsWith('key-'));
    expect(found).toEqual([code]);
  });

  it('is cut behind other text, which hides neither', async () => {
    const codes = await codesOf(token(), `Authenticating...\n${publicPem.slice(0, 300)}`);
    expect(codes).toEqual(expect.arrayContaining(['key-text-around', 'key-characters-missing']));
    expect(codes).not.toContain('key-shortened');
  });

  it('has an exponent of 1, with which anybody can sign', async () => {
    const publicKey = JSON.stringify({ ...jwk.public, e: 'AQ' });
    expect(await firstOf(token(), publicKey)).toMatchObject({
      code: 'key-weak',
      message: expect.stringMatching(/^The exponent of this key is 1: anybody/),
    });
  });
});

describe('a private key as tools show it', () => {
  it.runIf(has.php)('is noticed in a dump of PHP, although its bytes are lost', async () => {
    const code = `var_dump(openssl_pkey_get_details(openssl_pkey_get_private(file_get_contents("${path('private_key.pem')}"))));`;
    const text = run('php', '-r', code);
    for (const found of [await firstOf(text), await firstOf(token(), text)])
      expect(found?.code).toBe('private-key');
    await expect(publicKeyValue(text)).rejects.toMatchObject({ code: 'private-key' });
    expect(await codesOf(token(), text.replace(/\["d"\][\s\S]*/, ''))).not.toContain('private-key');
  });

  it('is not sent through openssl if it is not for RSA', async () => {
    const secret = JSON.stringify({ kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T' });
    const refusal = { code: 'private-key', message: expect.stringMatching(/kind oct.*Create a pair/) };
    await expect(publicKeyValue(secret)).rejects.toMatchObject(refusal);
    await expect(createMinter({ privateKey: secret, issuer })).rejects.toMatchObject({ code: 'not-rsa' });
  });
});

describe('a JWK Set with several keys for signatures', () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const set = JSON.stringify({
    keys: [
      { ...other, kid: 'a' },
      { ...jwk.public, kid: 'b' },
    ],
  });
  const several = (header: object) => messageOf('key-several', token({}, { ...header }), { publicKey: set });

  it("is read by the kid in the token's header", async () => {
    const chosen = await messageOf('key-is-jwk', token({}, { kid: 'b' }), { publicKey: set });
    expect(chosen).toContain('[1]');
    const [a, b] = [await codesOf(token({}, { kid: 'a' }), set), await codesOf(token({}, { kid: 'b' }), set)];
    for (const codes of [a, b]) expect(codes).not.toContain('key-several');
    const print = async (kid: string) => messageOf('key-fine', token({}, { kid }), { publicKey: set });
    expect(await print('a')).not.toBe(await print('b'));
  });

  it('says how to choose if the token does not', async () => {
    expect(await several({})).toContain('has no "kid"');
    expect(await several({ kid: 'c' })).toContain('that no key of the set has');
    expect(await messageOf('key-several', '', { publicKey: set })).toContain('give a token too');
    await expect(publicKeyValue(set)).rejects.toThrow(/"kid" is the one in the header/);
  });

  it('is judged to the end if its key is for another use', async () => {
    const publicKey = JSON.stringify({ ...jwk.public, use: 'enc' });
    expect(await codesOf(token(), publicKey)).toEqual(
      expect.arrayContaining(['key-other-use', 'key-fine', 'other-pair']),
    );
  });
});
