import { createDiffieHellman, createHmac, generateKeyPairSync } from 'node:crypto';
import { diagnose } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { jwk } from '../key/artifacts.js';
import { encode, faults, issuer, messageOf, oneLine, pasted, privatePem, token } from './diagnose-site.js';

const codes = async (subject: string | Response, options?: object) =>
  (await diagnose(subject, options)).map(({ code }) => code);

const json = (body: string, status = 200) =>
  new Response(body, {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  });

describe('a printout of public keys', () => {
  const moduli = [1, 2].map(() => {
    const { n = '' } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
      format: 'jwk',
    });
    return BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`);
  });

  it.each([
    ['Java', moduli.map((n) => `modulus: ${n}\n  public exponent: 65537`).join('\n')],
    ['Go', `[${moduli.map((n) => `&{${n} 65537}`).join(' ')}]`],
    ['one key twice', `${moduli[0]}\n${moduli[0]}`],
  ])('in decimal numbers is not taken for a private key: %s', async (_, text) => {
    expect(await codes(token(), { publicKey: text, issuer })).not.toContain('private-key');
    expect(await codes(text)).not.toContain('private-key');
  });
});

describe('a token between the marks of a template', () => {
  const input = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: 'a', iat: 1 })}`;
  const short = `${input}.${createHmac('sha256', 'a').update(input).digest('base64url')}`;

  it.each([
    ['{{', '}}'],
    ['{{ "', '" }}'],
    ['${', '}'],
    ['<%= ', ' %>'],
  ])('is examined, and never printed: %s%s', async (before, after) => {
    const text = `${before}${short}${after}`;
    expect(text.length).toBeLessThan(200);
    for (const subject of [text, json(JSON.stringify({ token: text }))]) {
      const findings = await diagnose(subject);
      expect(findings.map(({ code }) => code)).not.toContain('token-is-nothing');
      expect(findings.map(({ code }) => code)).not.toContain('value-missing');
      expect(JSON.stringify(findings)).not.toContain(short.slice(10, 20));
    }
  });

  it('is not confused with a placeholder, which is quoted without control characters', async () => {
    const message = await messageOf('token-is-nothing', `{{ \u001b[31m${'token '.repeat(20)}}}`);
    expect(message).toContain('\\u{1b}[31m');
    expect(message).not.toContain('\u001b');
    expect(message.match(/token /g)?.length).toBeLessThan(10);
  });
});

describe('a text about a private key', () => {
  const sentence =
    'The private key is not the text of a key. It must begin with -----BEGIN PRIVATE KEY-----. Create a pair with: npx live-assist-bridge keys';

  it.each([
    sentence,
    'The text behind -----BEGIN PRIVATE KEY----- is missing from the configuration of the site',
    'Expected -----BEGIN RSA PRIVATE KEY----- but found something else in the configuration',
  ])('is not a leaked key: %s', async (text) => {
    expect(await codes(json(JSON.stringify({ error: text }), 500))).not.toContain('private-key');
    const log = `2026-11-30 10:00:00 Live Assist token: ${text}\n    at importPrivateKey (private-key.js:96:11)`;
    for (const code of ['private-key', 'token-is-key']) expect(await codes(log)).not.toContain(code);
  });

  const damaged = privatePem.replace('MII', 'MI').replace(/.{9}(?=\n-----END)/, '');
  it.each([
    ['with blanks for line breaks', damaged.replace(/\n/g, ' ')],
    ['with escaped line breaks', JSON.stringify(damaged)],
    ['in HTML', damaged.replace(/\n/g, '<br>')],
    ['in lines of source code', damaged.replace(/(.+)\n/g, '"$1\\n" +\n')],
    ['in a quoted mail', damaged.replace(/^/gm, '> ')],
    ['in one line', `-----BEGIN PRIVATE KEY-----${oneLine(damaged)}-----END PRIVATE KEY-----`],
    ['of which only the first line is left', damaged.split('\n').slice(0, 2).join('\n')],
  ])('is a leaked key if one follows, even a damaged one %s', async (_, text) => {
    expect(await codes(text)).toContain('private-key');
    expect(await codes(json(JSON.stringify({ error: text }), 500))).toContain('private-key');
  });
});

describe('XML and HTML with names that keys use', () => {
  const path = '<svg><path d="M3-3h6v6H3zM3-3h6v6H3zM3-3h6v6H3zM3-3h6v6H3z"/></svg>';
  it.each([
    ['an element d', '<r><d>signed out</d></r>'],
    ['a long element d', '<r><d>you have been signed out because you were away for long</d></r>'],
    ['an icon and a script', `<html><script>var kty="RSA"</script><path d="M3-3h6v6H3z"/>${path}</html>`],
    ['a short value d', '<html><script>var kty="RSA";x={d:"abcd"}</script></html>'],
  ])('are not a private key: %s', async (_, text) => {
    expect(await codes(text)).not.toContain('private-key');
    expect(await codes(json(text, 500))).not.toContain('private-key');
  });

  it.each([
    ['behind an icon', `<html>${path}<script>key = ${JSON.stringify(jwk.private)}</script></html>`],
    ['with a truncated exponent', '{"kty":"RSA","n":"0vx7agoebG","e":"AQAB","d":"X4cT"}'],
    ['with its factors alone', JSON.stringify({ kty: 'RSA', p: jwk.private.p, q: jwk.private.q })],
    [
      'in XML without its modulus',
      `<D>${Buffer.from(jwk.private.d ?? '', 'base64url').toString('base64')}</D>`,
    ],
    ['in XML with a truncated exponent', '<Modulus>0vx7agoebG</Modulus><D>X4cT</D>'],
  ])('hide no private key %s', async (_, text) => {
    expect(await codes(text)).toContain('private-key');
  });
});

describe('parameters of Diffie-Hellman', () => {
  const prime = createDiffieHellman(512).getPrime();
  const element = (tag: number, content: Buffer) =>
    Buffer.concat([Buffer.from([tag, content.length]), content]);
  const integer = (value: Buffer) => element(2, Buffer.concat([Buffer.from([0]), value]));
  it.each([
    ['the generator 2', [2, 1, 2]],
    ['the generator 5', [2, 1, 5]],
    ['a length', [2, 1, 2, 2, 2, 0, 225]],
  ])('are not an RSA key, with %s', async (_, rest) => {
    const bytes = element(0x30, Buffer.concat([integer(prime), Buffer.from(rest)]));
    const publicKey = `-----BEGIN DH PARAMETERS-----\n${bytes.toString('base64')}\n-----END DH PARAMETERS-----\n`;
    expect(await faults(token(), { publicKey, issuer })).toEqual(['key-unreadable']);
  });
});

describe('a transcript of curl -v', () => {
  const transcript = (
    type: string,
    body: string,
    end = '\n* Connection #0 to host a.example left intact\n',
  ) =>
    `* Connected\n> GET /token HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 200 OK\n< Content-Type: ${type}\n< Cache-Control: no-store\n< \n{ [20 bytes data]\n${body}${end}`;
  const body = `{ "token": "${token()}" }`;

  it.each([
    ['behind a brace and a blank', transcript('application/json', body)],
    ['in several lines', transcript('application/json', JSON.stringify(JSON.parse(body), null, 2))],
    [
      'before a remark in the same line',
      transcript('application/json', body, '* Connection #0 to host a left intact'),
    ],
    ['with CRLF', transcript('application/json', body).replace(/\n/g, '\r\n')],
  ])('shows the token %s', async (_, text) => {
    expect(await faults(text, { publicKey: pasted, issuer })).toEqual([]);
  });

  const page = '<!doctype html>\n<html>\n<form><input type="password"></form>\n</html>';
  it.each([
    ['', transcript('text/html', page)],
    [' with CRLF', transcript('text/html', page).replace(/\n/g, '\r\n')],
  ])('shows a sign-in page%s', async (_, text) => {
    expect(await faults(text)).toEqual(['login-page']);
  });

  it('may end with the head', async () => {
    const head =
      '> GET / HTTP/1.1\n< HTTP/1.1 200 OK\n< Content-Type: application/json\n< Cache-Control: no-store';
    expect(await faults(head)).toEqual(await faults(head.replace(/^> .*\n/, '').replace(/^< /gm, '')));
  });
});

describe('a host name with the shape of a token', () => {
  it.each([
    'preview01-contoso.azurewebsites.net',
    'brewkettlesupply.azurewebsites.net',
    'ewolfsburg-shop.azurewebsites.net',
    'eyJafjalla-tours.azurewebsites.net',
  ])('is an issuer: %s', async (host) => {
    expect(await codes(token(), { issuer: host })).toContain('issuer-differs');
    expect(await codes(token({ iss: host }), { issuer: host })).toContain('issuer-fits');
  });

  it.each([
    token(),
    `Bearer ${token()}`,
    `"${token()}"`,
    `ew0KICAiYWxnIjogIlJTMjU2Ig0KfQ.${token().split('.').slice(1).join('.')}`,
  ])('is a token if it begins like JSON (%#)', async (entered) => {
    expect(await codes(token(), { issuer: entered })).toContain('issuer-is-other');
  });
});
