import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pasted, privatePem, publicPem, publicPkcs1 } from '../../diagnosis/diagnose-site.js';
import { commandLine, file, folder } from '../command-line.js';

const publicKey = file(publicPem, 'public_key.pem');
const config = (...args: string[]) => commandLine(['config', ...args]);
const fingerprint = createHash('sha256').update(Buffer.from(pasted, 'base64')).digest('hex');

describe('config', () => {
  it('prints every row that an administrator enters', async () => {
    const { code, out } = await config(publicKey, '--issuer', 'https://www.example.com');
    expect(code).toBe(0);
    for (const row of [
      /^ +Type +oAuth 2\.0 authentication \(newer screens: Implicit\)$/m,
      /^ +Authentication Endpoint +\(leave blank\)$/m,
      /^ +JWT Public Key /m,
      /^ +JS Method Name +authoriseChatWithCallback$/m,
      /^ +JS Context +\(leave blank\)$/m,
      /^ +JWT Issuer +https:\/\/www\.example\.com$/m,
      /^ +Issuer Display Name +www\.example\.com/m,
      /Campaign Builder > Data Sources > Authentication server/,
      /Campaign Builder > Integrations > Consumer Identity Providers/,
    ])
      expect(out).toMatch(row);
    expect(out.split('\n')).toContain(pasted);
    expect(out.split('\n')).toContain(fingerprint);
  });

  it.each([
    ['www.example.com/', 'the slash at its end'],
    ['https://www.example.com', 'https:// before it'],
    ['WWW.Example.com', 'the capitals'],
    ['https://example.com:8443/Site', 'https:// before it, the capitals, the port, the path'],
  ])('says of the issuer %s that it is to be entered exactly so', async (issuer, words) => {
    const { code, out } = await config(publicKey, '--issuer', issuer);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(`Enter it exactly as above, with ${words}.`);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([pasted]);
  });

  it('needs no such words for a bare host name', async () => {
    expect((await config(publicKey, '--issuer', 'www.example.com')).out).not.toContain('exactly');
  });

  it('fits 80 columns, except the line to copy', async () => {
    const { out } = await config(publicKey, '--issuer', 'www.example.com');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([pasted]);
  });

  it('prints the bare line', async () => {
    expect(await config(publicKey, '--value')).toEqual({ code: 0, out: `${pasted}\n`, err: '' });
  });

  it('prints JSON', async () => {
    const { out } = await config(
      publicKey,
      '--issuer',
      'www.example.com',
      '--method-name',
      'auth.getToken',
      '--json',
    );
    expect(JSON.parse(out)).toEqual({
      type: 'oAuth 2.0 authentication',
      authenticationEndpoint: '',
      jwtPublicKey: pasted,
      jsMethodName: 'auth.getToken',
      jsContext: '',
      jwtIssuer: 'www.example.com',
      issuerDisplayName: 'www.example.com',
      fingerprint,
    });
  });

  it('uses colours only on a screen, and not with NO_COLOR', async () => {
    const args = ['config', publicKey, '--issuer', 'a'];
    expect((await commandLine(args, { isTTY: true })).out).toContain('\u001b[1m');
    expect((await commandLine(args, { isTTY: true, env: { NO_COLOR: '1' } })).out).not.toContain('\u001b');
    expect((await commandLine(args, { isTTY: true, env: { TERM: 'dumb' } })).out).not.toContain('\u001b');
    expect((await commandLine(args)).out).not.toContain('\u001b');
  });

  it.each<[string, string[], RegExp]>([
    ['no key', ['--issuer', 'a'], /PUBLIC_KEY is missing/],
    ['no issuer', [publicKey], /--issuer is missing/],
    ['an issuer with a blank', [publicKey, '--issuer', 'a b'], /white space/],
    ['an issuer with a zero-width blank', [publicKey, '--issuer', 'a\u200bb'], /an invisible character/],
    ['a missing file', ['nowhere.pem', '--issuer', 'a'], /no file "nowhere\.pem"/],
    ['a folder', [folder(), '--issuer', 'a'], /is a folder/],
    ['the key itself', [pasted, '--issuer', 'a'], /name of a file/],
    ['a private key', [file(privatePem), '--value'], /private key.*openssl/],
    ['PKCS#1', [file(publicPkcs1), '--value'], /PKCS#1.*openssl/],
    [
      'a key in binary form',
      [file(Buffer.from(pasted, 'base64')), '--value'],
      /binary form \(DER\).*-pubin -inform DER/,
    ],
    ['a foreign file', [file('hello'), '--value'], /BEGIN PUBLIC KEY/],
    ['a key cut short', [file(publicPem.replace(pasted.slice(100, 120), '')), '--value'], /incomplete/],
    ['a method no page can have', [publicKey, '--issuer', 'a', '--method-name', 'a-b'], /method name/],
    [
      'a method through a prototype',
      [publicKey, '--issuer', 'a', '--method-name', 'a.constructor.b'],
      /method name/,
    ],
    ['two forms at once', [publicKey, '--value', '--json'], /--value and --json/],
    ['a second file', [publicKey, publicKey, '--value'], /one argument too many/],
  ])('refuses %s in a line', async (_, args, words) => {
    const { code, out, err } = await config(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
