import { createPrivateKey, createPublicKey } from 'node:crypto';
import { diagnose, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { has, jwk, line, privatePem, publicPem, run } from '../key/artifacts.js';
import { followRemedy } from '../key/follow-remedy.js';
import { encode, messageOf, pasted, seconds, token } from './diagnose-site.js';

const codes = async (text: string, publicKey = pasted) =>
  (await diagnose(text, { publicKey })).map(({ code }) => code);
const firstOf = async (text: string) => (await codes(text))[0];
const base64 = (text: string) => Buffer.from(text).toString('base64');
const inLines = (text: string, width: number, joint: string) =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(joint);

const har = (text: string) =>
  JSON.stringify({ log: { version: '1.2', entries: [{ response: { content: { text } } }] } }, null, 2);

describe('what browsers and command lines show around the answer', () => {
  it.each([
    ['a HAR file with the token', har(JSON.stringify({ token: token() })), 'token-is-recording'],
    ['a HAR file without it', har(''), 'token-is-recording'],
    [
      'an environment of Postman',
      JSON.stringify({ values: [{ key: 't', value: token() }], _postman_variable_scope: 'environment' }),
      'token-is-recording',
    ],
    [
      'Copy as fetch',
      `fetch("https://a.example/t", {\n  "headers": { "authorization": "Bearer ${token()}" }\n});`,
      'token-is-request',
    ],
    [
      'Copy as cURL',
      "curl 'https://a.example/t' \\\n  -H 'accept: */*' \\\n  -b 'session=abc'",
      'token-is-request',
    ],
    ['the headers of a request', 'GET /t HTTP/1.1\nHost: a.example\nCookie: session=abc', 'token-is-request'],
    ['an error of curl', 'curl: (6) Could not resolve host: www.example.com', 'token-is-message'],
    ['an error of the browser', 'Uncaught (in promise) TypeError: Failed to fetch', 'token-is-message'],
    ['a pending promise', 'Promise {<pending>}', 'token-is-nothing'],
    ["a server's own words", 'HTTP Error 404. The requested resource is not found.', 'not-a-token'],
    ['a sentence with two dots', 'Please ask www.example.com', 'not-a-token'],
    ["a server's refusal in JSON", '{"error":"Failed to fetch the contact"}', 'refusal-in-json'],
    ["a server's refusal in text", 'Failed to fetch the contact', 'not-a-token'],
    [
      'a page with the words of a console',
      '<!doctype html><html><body><script>\nthrow TypeError("Failed to fetch")\n</script></body></html>',
      'html-page',
    ],
    ['an error of a server', 'TypeError: x is undefined\n    at get (/srv/server.js:1:2)', 'not-a-token'],
    ['an error of a server without columns', 'TypeError: x is undefined\n at server.js:1', 'not-a-token'],
    ['an error in a script of a page', 'TypeError: x is undefined\n    at app.js:1:2', 'token-is-message'],
    [
      'an error at an address',
      'TypeError: x is undefined\n    at get (https://a.example/app:1:2)',
      'token-is-message',
    ],
    [
      'a command and its answer',
      'curl -i https://a.example/t\nHTTP/1.1 401 Unauthorized\n\n{"error":"signed-out"}',
      'signed-out',
    ],
    [
      'a request and its answer',
      'GET /t HTTP/1.1\nHost: a.example\n\nHTTP/1.1 401 Unauthorized\n\n',
      'signed-out',
    ],
    ['a table of PowerShell', `token\n-----\n${token().slice(0, 60)}...`, 'token-shortened'],
  ])('is called what it is: %s', async (_, text, code) => {
    expect(await firstOf(text)).toBe(code);
  });

  it.each([
    ['no-contact', ''],
    ['network', ''],
    ['redirected', '\nwarn @ live-assist-bridge.umd.js:2\n(anonymous) @ app.js:1'],
    ['timeout', ' (live-assist-bridge.umd.js, line 2)'],
    ['disposed', ' live-assist-bridge.umd.js:2:1'],
  ])('is explained if it is a message of the bridge: %s', async (code, place) => {
    const message = `live-assist-bridge: It failed (status 500). Why? (${code})${place}`;
    for (const text of [message, `[Warning] ${message}`])
      expect(await messageOf('token-is-message', text)).toContain(`diagnose ${code}\``);
  });

  it('is read up to the token of the answer behind a command', async () => {
    const text = `$ curl -i https://a.example/t\nHTTP/2 200\ncontent-type: application/json\ncache-control: no-store\n\n{"token":"${token()}"}`;
    const found = await diagnose(text, { publicKey: pasted });
    expect(found.filter(({ level }) => level === 'error')).toEqual([]);
    expect(found.map(({ code }) => code)).toContain('signature-fits');
  });

  it('is the answer itself if PHP printed a message before the JSON, or if it is XML', async () => {
    const warning =
      '<br />\n<b>Warning</b>:  Undefined variable $a in <b>/srv/t.php</b> on line <b>7</b><br />\n';
    expect(await messageOf('text-before-json', `${warning}{"token":"${token()}"}`)).toContain(
      'display_errors',
    );
    for (const xml of [
      `<string>${token()}</string>`,
      `<TokenResponse>\n  <token>${token()}</token>\n</TokenResponse>`,
    ])
      for (const subject of [xml, new Response(xml)])
        expect((await diagnose(subject)).map(({ code }) => code)).toContain('xml-answer');
  });

  it.each([
    ['a link of Markdown', `[token](${token()})`],
    ['a paragraph of HTML', `<p>${token()}</p>`],
    [
      'a page that a browser made of JSON',
      `<html><head></head><body><pre>{"token":"${token()}"}</pre></body></html>`,
    ],
    ['the element in which a browser shows JSON', `<pre style="x">{"token":"${token()}"}</pre>`],
    ['a quoted mail', `> ${inLines(token(), 70, '\n> ')}`],
    ['a quoted mail with a greeting', `> ${token()}\n> Regards`],
    ['a quoted mail with a label', `> token: ${token()}\n> Regards`],
    ['a list of PowerShell', `token : ${inLines(token(), 70, '\n        ')}`],
    ['a request and its answer in a terminal', `$ curl https://a.example/t\n${token()}\n`],
  ])('does not hide the token: %s', async (_, text) => {
    const found = await codes(text);
    expect(found[0]).toBe('text-around-token');
    expect(found[1]).not.toBe('text-around-token');
    expect(found).toContain('signature-fits');
  });

  it('does not turn a page with a token in its script into a token', async () => {
    expect(
      await codes(`<!doctype html><html><body>Hi<script>var t="${token()}"</script></body></html>`),
    ).toContain('html-page');
  });

  it('is read in spite of the soft line breaks of a mail', async () => {
    expect(await codes(inLines(token(), 75, '=\n'))).toContain('signature-fits');
  });
});

describe('tokens of other kinds', () => {
  it.each([
    ['PASETO', `v4.public.${'eyJkYXRhIjoi'.repeat(6)}`],
    ['Fernet', `gAAAAABnStd_${'2k0sZ2nO0w7x'.repeat(8)}==`],
    ['Flask', `${encode({ user_id: 1234 })}.Z0rXfw.8Qm2Z0a7b3y6q9wq3o7V1kU2b9E`],
    [
      'Laravel',
      base64(JSON.stringify({ iv: 'k8n1Zy0u5o3d8QeUe7m1Xw==', value: 'Zm9v', mac: '0a'.repeat(32) })),
    ],
    ['ASP.NET Core', `CfDJ8N${'abcdefghij'.repeat(15)}`],
    ['SAML', base64('<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"></samlp:Response>')],
  ])('are named: %s', async (name, text) => {
    expect(await messageOf('token-other-kind', text)).toContain(name);
    expect(await firstOf(text)).toBe('token-other-kind');
  });

  it('are named before the field: an access token of Entra', async () => {
    const iss = 'https://sts.windows.net/3f2504e0-4f89-41d3-9a0c-0305e82c3301/';
    expect(await firstOf(JSON.stringify({ access_token: token({ iss, exp: seconds() + 60 }) }))).toBe(
      'token-of-entra',
    );
  });
});

describe('an answer without a token', () => {
  it('is corrected at the endpoint, because nobody copied it', async () => {
    for (const body of ['hello there, visitor', 'v', `${token().split('.').slice(0, 2).join('.')}`]) {
      const [first] = await diagnose(new Response(body, { headers: { 'content-type': 'text/plain' } }));
      expect(first?.message, body).not.toMatch(/\bcopy\b/i);
    }
    expect(await messageOf('not-a-token', new Response('hello'))).toMatch(
      /^The answer is not a token\. Answer/,
    );
    expect(await messageOf('not-a-token', 'hello')).toContain('Copy the token alone');
  });
});

describe('a private key beside a public key', () => {
  const numbers = [jwk.private.n, jwk.private.d, jwk.private.p, jwk.private.q].map((part) =>
    String(BigInt(`0x${Buffer.from(part ?? '', 'base64url').toString('hex')}`)),
  );
  it.each([
    [
      "Kubernetes' secret",
      `data:\n  public_key.pem: ${base64(publicPem)}\n  private_key.pem: ${base64(privatePem)}\n`,
    ],
    ['environment variables', `PUBLIC=${line}\nPRIVATE=${privatePem.replace(/-----.*?-----|\s/g, '')}\n`],
    ["Go's print", `&{{${numbers[0]} 65537} ${numbers[1]} [${numbers[2]} ${numbers[3]}] {}}`],
    ["Python's print", `PrivateKey(${numbers[0]}, 65537, ${numbers.slice(1).join(', ')})`],
    ...(has.puttygen ? [['puttygen -O text', run('puttygen', 'pkcs1.pem', '-O', 'text')]] : []),
  ])('is noticed: %s', async (_, text = '') => {
    for (const found of [await codes(token(), text), await codes(text)]) expect(found[0]).toBe('private-key');
    await expect(publicKeyValue(text)).rejects.toMatchObject({ code: 'private-key' });
  });

  it('is called a printout of openssl only if openssl printed it', async () => {
    const named = (publicKey: string) => messageOf('private-key', token(), { publicKey });
    const printed = run('openssl', 'pkey', '-in', 'pkcs1.pem', '-noout', '-text');
    expect(await named(printed)).toContain('(a printout of openssl)');
    for (const text of [
      `PrivateKey(${numbers.join(', ')})`,
      `PrivateExponent: ${Buffer.from(jwk.private.d ?? '', 'base64url').toString('base64')}`,
    ])
      expect(await named(text)).toContain('(a printout)');
  });
});

describe('what programs show in place of a public key', () => {
  const modulus = BigInt(`0x${Buffer.from(jwk.public.n ?? '', 'base64url').toString('hex')}`);
  const cases: [name: string, text: string, code: string][] = [
    ['Node', '[object CryptoKey]', 'key-is-object'],
    [
      'Python',
      '<cryptography.hazmat.bindings._rust.openssl.rsa.RSAPublicKey object at 0x7f3a>',
      'key-is-object',
    ],
    ['.NET', 'System.Security.Cryptography.RSACng', 'key-is-object'],
    [
      'Java',
      `Sun RSA public key, 2048 bits\n  modulus: ${modulus}\n  public exponent: 65537`,
      'key-is-modulus',
    ],
    ['Go', `&{${modulus} 65537}`, 'key-is-modulus'],
    ['the n of a JWK', jwk.public.n ?? '', 'key-is-modulus'],
    ['Ansible', `$ANSIBLE_VAULT;1.1;AES256\n${'6231'.repeat(20)}`, 'key-is-encrypted'],
    [
      'a reference to Key Vault',
      '@Microsoft.KeyVault(SecretUri=https://a.example/secrets/key/)',
      'key-placeholder',
    ],
    ['a shortened line', `${line.slice(0, 100)}...${line.slice(-60)}`, 'key-shortened'],
  ];
  if (has.php)
    cases.push([
      'PHP',
      run('php', '-r', 'print_r(openssl_pkey_get_public(file_get_contents("public_key.pem")));'),
      'key-is-object',
    ]);
  if (has.keytool)
    cases.push(['keytool', run('keytool', '-printcert', '-file', 'certificate.pem'), 'key-other-format']);

  it.each(cases)('is called what it is: %s', async (_, text, code) => {
    expect((await codes(token(), text)).filter((found) => found.startsWith('key-'))).toEqual([code]);
  });

  it.each([
    ['diff', publicPem.trim().replace(/^/gm, '+')],
    [
      'an editor',
      publicPem
        .trim()
        .split('\n')
        .map((text, index) => `${index + 1}  ${text}`)
        .join('\n'),
    ],
    ['a page', publicPem.trim().replaceAll('\n', '<br>')],
  ])('is read in spite of the marks of %s', async (_, text) => {
    expect(await publicKeyValue(text)).toBe(line);
  });
});

describe('a set of keys with one for encryption', () => {
  it('is converted by the command that its finding names', async () => {
    const other = createPublicKey(createPrivateKey(privatePem)).export({ format: 'jwk' });
    const encryption = { ...other, n: `x${other.n?.slice(1)}`, use: 'enc', alg: 'RSA-OAEP' };
    const set = JSON.stringify({ keys: [encryption, { ...jwk.public, use: 'sig', alg: 'RS256' }] });
    const message = await messageOf('key-is-jwk', token(), { publicKey: set });
    const { printed } = await followRemedy(message.replace(/\(Azure.*/, ''), { 'key.json': set });
    expect(printed).toBe(line);
  });
});
