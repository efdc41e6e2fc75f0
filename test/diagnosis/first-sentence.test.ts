import { execFileSync } from 'node:child_process';
import {
  createHash,
  createHmac,
  createSign,
  generateKeyPairSync,
  privateEncrypt,
  sign as signWith,
} from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';
import { createMinter, diagnose, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import {
  base64Of,
  has,
  jwk,
  line,
  path,
  privateKeys,
  privatePem,
  publicKeys,
  run,
  write,
} from '../key/artifacts.js';
import {
  contact,
  encode,
  fineClaims,
  issuer,
  oneLine,
  pasted,
  privateKey,
  publicPem,
  token,
} from './diagnose-site.js';

const first = async (subject: string | Response, publicKey = pasted) =>
  (await diagnose(subject, { publicKey, issuer }))[0];

/** A token over that text in place of the one before the signature. */
function signed(make: (header: string, payload: string) => string): string {
  const [header, payload] = [encode({ alg: 'RS256' }), encode(fineClaims())];
  const signature = createSign('RSA-SHA256')
    .update(make(header, payload))
    .sign(privateKey)
    .toString('base64url');
  return `${header}.${payload}.${signature}`;
}

describe('the first finding about what was pasted for a token', () => {
  const withSignature = (signature: (input: string) => Buffer) => {
    const input = `${encode({ alg: 'RS256' })}.${encode(fineClaims())}`;
    return `${input}.${signature(input).toString('base64url')}`;
  };
  const hash = (text: string) => createHash('sha256').update(text);
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const rs256 = (input: string | Buffer) => createSign('RSA-SHA256').update(input).sign(privateKey);
  const withHyphen = () => {
    for (let count = 0; ; count++) if (/-/.test(token({ count }))) return token({ count });
  };
  const plain = (part = '') => Buffer.from(part, 'base64url').toString();

  it.each<[name: string, code: string, words: RegExp, text: () => string]>([
    [
      'PHP’s print_r',
      'text-around-token',
      /other text around/,
      () => `Array\n(\n    [token] => ${token()}\n)\n`,
    ],
    [
      'an address with a token in it',
      'token-is-address',
      /in logs/,
      () => `https://a.example/?token=${token()}`,
    ],
    ['an address', 'token-is-address', /answered there/, () => 'https://a.example/token'],
    ['decoded claims', 'token-decoded', /decoded claims/, () => JSON.stringify(fineClaims(), null, 2)],
    [
      'header and claims, as jwt.io shows them',
      'token-decoded',
      /decoded claims/,
      () => `{"alg":"RS256"}\n${JSON.stringify(fineClaims())}`,
    ],
    [
      'base64 of the token',
      'token-encoded-twice',
      /once more/,
      () => Buffer.from(token()).toString('base64'),
    ],
    ['a percent-encoded token', 'token-percent-encoded', /%2E/, () => token().replaceAll('.', '%2E')],
    [
      'a token with an ellipsis',
      'token-shortened',
      /ellipsis/,
      () => `${token().slice(0, 60)}...${token().slice(-60)}`,
    ],
    ['a GUID', 'token-is-guid', /GUID/, () => contact],
    ['an object as text', 'token-is-nothing', /\[object Object\]/, () => '[object Object]'],
    [
      'JSON serialisation',
      'token-json-serialised',
      /compact form/,
      () =>
        JSON.stringify({
          protected: encode({ alg: 'RS256' }),
          payload: encode(fineClaims()),
          signature: 'abc',
        }),
    ],
    [
      'an access token of Entra',
      'token-of-entra',
      /access token of Microsoft Entra ID/,
      () => token({ iss: 'https://sts.windows.net/tid/', aud: 'https://x.crm4.dynamics.com' }),
    ],
    [
      'a token, then a comment of HTML',
      'text-around-token',
      /other text/,
      () => `${token()}\n<!-- cached -->`,
    ],
    ['the claim Sub', 'sub-elsewhere', /"Sub"/, () => token({ sub: undefined, Sub: contact })],
    [
      'a line break that was signed too',
      'other-text-signed',
      /echo/,
      () => signed((header, payload) => `${header}.${payload}\n`),
    ],
    [
      'a signature over a text without the dot',
      'other-text-signed',
      /without the dot/,
      () => signed((header, payload) => header + payload),
    ],
    [
      'a signature over the JSON',
      'other-text-signed',
      /the JSON of header/,
      () => signed((header, payload) => `${plain(header)}.${plain(payload)}`),
    ],
    [
      'a hash in hexadecimal, encrypted',
      'digest-alone',
      /bare hash/,
      () => withSignature((input) => privateEncrypt(privateKey, Buffer.from(hash(input).digest('hex')))),
    ],
    [
      'a signature by an elliptic curve',
      'signature-length',
      /elliptic-curve key/,
      () =>
        withSignature((input) =>
          signWith('sha256', Buffer.from(input), { key: ec, dsaEncoding: 'ieee-p1363' }),
        ),
    ],
    ['a comma behind the token', 'text-around-token', /other text/, () => `${token()},`],
    ['dashes of a word processor', 'token-dashes', /dashes/, () => withHyphen().replaceAll('-', '–')],
    ['a list of algorithms', 'algorithm-not-text', /a list/, () => token({}, { alg: ['RS256'] })],
    [
      'a private key in the header',
      'private-key',
      /inside of the token/,
      () => token({}, { jwk: jwk.private }),
    ],
    ['a private key in a claim', 'private-key', /PRIVATE/, () => token({ key: oneLine(privatePem) })],
    ['a date in words', 'time-text', /a date in words/, () => token({ exp: '2026-11-30T12:00:00Z' })],
    [
      'a zero byte before the signature, as of Java’s BigInteger',
      'signature-encoded',
      /a zero byte/,
      () => withSignature((input) => Buffer.concat([Buffer.alloc(1), rs256(input)])),
    ],
    [
      'a line break behind the signature',
      'signature-encoded',
      /a line break/,
      () => withSignature((input) => Buffer.concat([rs256(input), Buffer.from('\n')])),
    ],
    [
      'a signature over plain base64',
      'other-text-signed',
      /plain base64/,
      () =>
        signed((...parts) =>
          parts.map((part) => Buffer.from(part, 'base64url').toString('base64')).join('.'),
        ),
    ],
    [
      'a signature over UTF-16',
      'other-text-signed',
      /UTF-16/,
      () => withSignature((input) => rs256(Buffer.from(input, 'utf16le'))),
    ],
    [
      'a signature by a shared secret',
      'signature-length',
      /shared secret/,
      () => withSignature((input) => createHmac('sha256', 'secret').update(input).digest()),
    ],
  ])('names %s', async (_, code, words, text) => {
    expect(await first(text())).toMatchObject({
      level: 'error',
      code,
      message: expect.stringMatching(words),
    });
  });
});

describe('the first finding about what was entered as JWT Issuer', () => {
  it.each<[name: string, code: string, words: RegExp, entered: string]>([
    ['a private key', 'private-key', /in the place of the JWT Issuer/, privatePem],
    ['the public key', 'issuer-is-other', /a key/, line],
    ['a token', 'issuer-is-other', /a token/, token()],
    ['nothing', 'issuer-empty', /Nothing is entered/, ' '],
    ['quotation marks', 'issuer-differs', /difference is quotation marks/, `"${issuer}"`],
    ['a dot at the end', 'issuer-differs', /a dot at the end/, `${issuer}.`],
  ])('names %s', async (_, code, words, entered) => {
    const [found] = await diagnose(token(), { publicKey: pasted, issuer: entered });
    expect(found).toMatchObject({ code, message: expect.stringMatching(words) });
  });

  it('names a private key without a token, too', async () => {
    const codes = (await diagnose('', { issuer: privatePem })).map(({ code }) => code);
    expect(codes).toContain('private-key');
  });

  it('names the two forms of a host with an umlaut', async () => {
    const [found] = await diagnose(token({ iss: 'müller.example' }), { issuer: 'xn--mller-kva.example' });
    expect(found?.message).toContain('xn--');
  });
});

/** An elliptic-curve key in a certificate. */
function ecCertificate(): string {
  const curve = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ec.pem';
  return run('openssl', ...`req -x509 ${curve} -subj /CN=larkfield`.split(' '));
}

describe('the first finding about what was pasted as JWT Public Key', () => {
  const printed = (...args: string[]) => run('openssl', ...args);
  it.each<[name: string, code: string, text: () => string]>([
    ['a modulus', 'key-is-modulus', () => printed('rsa', '-in', 'private_key.pem', '-noout', '-modulus')],
    [
      'a fingerprint by openssl',
      'key-is-fingerprint',
      () => printed('x509', '-in', 'certificate.pem', '-noout', '-fingerprint', '-sha256'),
    ],
    ['a path', 'key-is-path', () => '/etc/keys/public_key.pem'],
    ['a path of Windows', 'key-is-path', () => 'C:\\keys\\public_key.pem'],
    ['a placeholder', 'key-placeholder', () => 'YOUR_PUBLIC_KEY_HERE'],
    ['the name of a variable', 'key-placeholder', () => '$LIVE_ASSIST_PUBLIC_KEY'],
    ['a masked value', 'key-placeholder', () => '**********'],
    ['hexadecimal', 'key-hexadecimal', () => Buffer.from(line, 'base64').toString('hex')],
    ['an ellipsis', 'key-shortened', () => `${line.slice(0, 60)}...${line.slice(-10)}`],
    ['two keys', 'key-several', () => `${line}\n${pasted}`],
    ['one key twice', 'key-repeated', () => `${line}\n${line}`],
    ['two PEM files', 'key-several', () => printed('pkey', '-in', 'private_key.pem', '-pubout') + publicPem],
    ['a plus that became a blank', 'key-plus-lost', () => line.replaceAll('+', ' ')],
    ['percent-encoding', 'key-escaped', () => encodeURIComponent(line)],
    ['HTML', 'key-escaped', () => line.replaceAll('/', '&#x2F;')],
    ['the JSON of .NET', 'key-escaped', () => line.replaceAll('+', '\\u002B')],
    [
      'the modulus in hexadecimal',
      'key-is-modulus',
      () => Buffer.from(line, 'base64').subarray(33, 289).toString('hex'),
    ],
    ['a certificate for another algorithm', 'key-not-rsa', () => ecCertificate()],
    ['parameters of Diffie-Hellman', 'key-unreadable', () => printed('dhparam', '-dsaparam', '512')],
    ['asn1parse of the public key', 'key-other-format', () => printed('asn1parse', '-in', 'public_key.pem')],
    ['PKCS#7', 'key-other-format', () => printed('crl2pkcs7', '-nocrl', '-certfile', 'certificate.pem')],
    ['an identifier', 'key-unreadable', () => 'live-assist-2026'],
  ])('names %s', async (_, code, text) => {
    expect(await first(token(), text())).toMatchObject({ level: 'error', code });
  });

  it('treats a file with only certificates as public, and a file with a key as leaked', async () => {
    run(
      'openssl',
      ...'pkcs12 -export -nokeys -in certificate.pem -passout pass:secret -out certificates.pfx'.split(' '),
    );
    expect(await first(token(), base64Of('certificates.pfx'))).toMatchObject({ code: 'key-other-format' });
    expect(await first(token(), base64Of('key.pfx'))).toMatchObject({ code: 'private-key' });
    await expect(createMinter({ privateKey: base64Of('certificates.pfx'), issuer })).rejects.toMatchObject({
      code: 'certificate',
    });
  });

  it.runIf(has.keytool)('treats a trust store as public, and a key store as leaked', async () => {
    run(
      'keytool',
      ...'-importcert -noprompt -file certificate.pem -alias a -keystore trust.jks -storetype JKS -storepass changeit'.split(
        ' ',
      ),
    );
    expect(await first(token(), base64Of('trust.jks'))).toMatchObject({ code: 'key-other-format' });
    expect(await first(token(), privateKeys['base64 of a Java key store (JKS)'] ?? '')).toMatchObject({
      code: 'private-key',
    });
  });

  it('recognises the numbers of a private key', async () => {
    write('numbers.pem', privatePem);
    const numbers: string[] = [run('openssl', ...'asn1parse -in numbers.pem -strparse 22'.split(' '))];
    if (has.php) {
      const key = `$d = openssl_pkey_get_details(openssl_pkey_get_private(file_get_contents("${path('numbers.pem')}")));`;
      numbers.push(execFileSync('php', ['-r', `${key} print_r($d);`], { encoding: 'latin1' }));
      numbers.push(run('php', '-r', `${key} echo json_encode(array_map("base64_encode", $d["rsa"]));`));
    }
    for (const text of numbers) expect(await first(token(), text)).toMatchObject({ code: 'private-key' });
  });
});

describe('the first finding about a transcript of curl -v', () => {
  it('is about the answer in it', async () => {
    const transcript = (head: string, body: string) =>
      `*   Trying 127.0.0.1:443...\n> GET /token HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 ${head}\n< Content-Type: application/json\n< Cache-Control: no-store\n<\n{ [20 bytes data]\n${body}\n* Connection #0 to host left intact`;
    expect(await first(transcript('401 Unauthorized', '{}'))).toMatchObject({ code: 'signed-out' });
    const findings = await diagnose(transcript('200 OK', JSON.stringify({ token: token() })), { issuer });
    expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
  });
});

describe('the first finding about an answer', () => {
  const answer = (body: string, status = 200, headers: Record<string, string> = {}) =>
    new Response(body, {
      status,
      headers: {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        Date: new Date().toUTCString(),
        ...headers,
      },
    });

  it.each<[name: string, code: string, words: RegExp, answer: () => Response]>([
    [
      'a private key beside the token',
      'private-key',
      /PRIVATE key/,
      () => answer(JSON.stringify({ token: token(), key: privatePem })),
    ],
    ['source code', 'source-code', /PHP/, () => answer("<?php\necho json_encode(['token' => mint()]);")],
    [
      'a fatal error of PHP',
      'php-failed',
      /Fatal error/,
      () =>
        answer('<br />\n<b>Fatal error</b>:  Uncaught Error: x in <b>/srv/t.php</b> on line <b>3</b><br />'),
    ],
    [
      'a refusal with 200',
      'refusal-in-json',
      /"success"/,
      () => answer('{"success":false,"message":"Not logged in"}'),
    ],
    [
      'another refusal with 200',
      'refusal-in-json',
      /"status"/,
      () => answer('{"status":401,"message":"Unauthorized"}'),
    ],
    ['a value that is missing', 'value-missing', /"undefined"/, () => answer('{"token":"undefined"}')],
    [
      'an object in the place of the answer',
      'value-missing',
      /\[object Object\]/,
      () => answer('[object Object]'),
    ],
    [
      'a task of .NET that nobody awaited',
      'value-missing',
      /System\.Threading/,
      () => answer('System.Threading.Tasks.Task`1[System.String]'),
    ],
    [
      'a template that was not filled in',
      'value-missing',
      /token \}\}/,
      () => answer('{"token":"{{ token }}"}'),
    ],
    ['an empty token', 'value-missing', /an empty text/, () => answer('{"token":""}')],
    [
      'XML without a declaration',
      'xml-answer',
      /XML/,
      () => answer('<Error><Code>x</Code></Error>', 200, { 'Content-Type': 'application/xml' }),
    ],
    [
      'UTF-16',
      'answer-utf16',
      /UTF-16/,
      () => new Response(Buffer.from(`\ufeff{"token":"${token()}"}`, 'utf16le')),
    ],
    [
      'Brotli without its header',
      'endpoint-encoding',
      /compresses/,
      () => new Response(brotliCompressSync(JSON.stringify({ token: token() }))),
    ],
    [
      'a host without a site',
      'refused-on-the-way',
      /no site/,
      () => answer('Bad Request - Invalid Hostname', 400),
    ],
    ['SOAP', 'xml-answer', /XML/, () => answer('<soap:Envelope xmlns:soap="x"><soap:Body/></soap:Envelope>')],
    [
      'JSON inside another field',
      'json-in-json',
      /serialised twice/,
      () => answer(JSON.stringify({ d: JSON.stringify({ token: token() }) })),
    ],
    ['0 with 200', 'action-not-registered', /admin-ajax/, () => answer('0')],
    [
      'a challenge of Cloudflare',
      'refused-on-the-way',
      /Cloudflare/,
      () => answer('', 403, { 'cf-mitigated': 'challenge' }),
    ],
    [
      'a rule of Cloudflare',
      'refused-on-the-way',
      /Cloudflare/,
      () => answer('used Cloudflare to restrict access', 403),
    ],
    [
      'a challenge of AWS WAF',
      'refused-on-the-way',
      /AWS WAF/,
      () => answer('', 202, { 'x-amzn-waf-action': 'challenge' }),
    ],
    [
      'cookies that are too large',
      'refused-on-the-way',
      /cookies/,
      () => answer('<center>Request Header Or Cookie Too Large</center>', 400),
    ],
    [
      'http on a port of https',
      'refused-on-the-way',
      /https:/,
      () => answer('The plain HTTP request was sent to HTTPS port', 400),
    ],
    [
      'GraphQL without a query',
      'refused-on-the-way',
      /GraphQL/,
      () => answer('{"errors":[{"message":"POST body missing"}]}', 400),
    ],
    [
      'a refusal by Dataverse',
      'refused-on-the-way',
      /Dataverse/,
      () => answer('{"error":{"code":"0x80072560","message":"x"}}', 403),
    ],
    [
      'a subscription key',
      'refused-on-the-way',
      /API Management/,
      () => answer('{"message":"Access denied due to missing subscription key."}', 401),
    ],
    [
      'a route that is missing',
      'refused-on-the-way',
      /no route/,
      () => answer('<pre>Cannot POST /token</pre>', 404),
    ],
    [
      'a REST route that is missing',
      'refused-on-the-way',
      /WordPress/,
      () => answer('{"code":"rest_no_route"}', 404),
    ],
    [
      'CSRF in Rails',
      'csrf-refused',
      /CSRF/,
      () => answer('<h1>The change you wanted was rejected.</h1>', 422),
    ],
  ])('names %s', async (_, code, words, make) => {
    expect(await first(make())).toMatchObject({
      level: 'error',
      code,
      message: expect.stringMatching(words),
    });
  });
});

describe('keys in a form that only diagnose reads', () => {
  // The number must not change with the forms that the reader knows: they are named, and still refused.
  const accepted = ['"writing RSA key" before it', 'YAML', 'UTF-16 read as UTF-8', 'one line of YAML'];

  it('are refused by the minter and as value to paste', async () => {
    const takes = async (text: string, name: string) =>
      (await publicKeyValue(text).then(
        () => name,
        () => undefined,
      )) ?? [];
    const names = await Promise.all(
      Object.entries(publicKeys).map(([name, text]) => takes(text ?? '', name)),
    );
    expect(names.flat()).toEqual(expect.arrayContaining(accepted));
    for (const name of ['a JWK', ".NET's XML", 'a certificate', 'PKCS#1', 'OpenSSH', 'openssl pkey -text'])
      expect(names).not.toContain(name);
    for (const text of [
      privateKeys.OpenSSH,
      privateKeys['a JWK'],
      privateKeys[".NET's XML"],
      base64Of('key.pfx'),
    ])
      if (text)
        await expect(createMinter({ privateKey: text, issuer })).rejects.toMatchObject({ name: 'KeyError' });
    await expect(publicKeyValue(Buffer.from(line, 'base64').toString('hex'))).rejects.toMatchObject({
      name: 'KeyError',
    });
  });
});
