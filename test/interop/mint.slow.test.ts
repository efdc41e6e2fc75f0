/**
 * Other implementations read tokens minted here: openssl, and the JWT libraries of Ruby and Python.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMinter, type KeyError, publicKeyValue } from 'live-assist-bridge/server';
import { afterAll, describe, expect, it } from 'vitest';
import { certificate } from '../diagnosis/certificate.js';
import { privateKeys, publicKeys } from '../key/key-formats.js';
import { findCommand } from '../support/find-command.js';

const issuer = 'www.site.example';
const contact = {
  id: '{3F2504E0-4F89-41D3-9A0C-0305E82C3301}',
  givenName: 'Zoë 🙂',
  familyName: "O'Brien 李",
  claims: { email: 'zoe@site.example' },
};
const claims = {
  sub: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  given_name: 'Zoë 🙂',
  family_name: "O'Brien 李",
  email: 'zoe@site.example',
  iss: issuer,
};

const folder = mkdtempSync(join(tmpdir(), 'live-assist-bridge-interop-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const run = (command: string, args: string[], input = '') =>
  execFileSync(command, args, { cwd: folder, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });

const find = (needs: string, commands: string[], ...probe: string[]) =>
  findCommand(commands, probe, { skipped: `what ${needs} says of our tokens`, needs });

const openssl = find('openssl', ['openssl'], 'version');
const ruby = find('ruby-jwt', ['ruby', '/usr/bin/ruby'], '-rjwt', '-e', '');
const python = find('PyJWT', ['python3', '/usr/bin/python3'], '-c', 'import jwt, cryptography');
const unless = (command: string | undefined, name: string) =>
  command ? name : `${name}: skipped, not installed here`;

const verifyInRuby = `
require 'jwt'; require 'json'; require 'base64'
token, value = STDIN.read.split
key = OpenSSL::PKey::RSA.new(Base64.strict_decode64(value))
payload, header = JWT.decode(token, key, true, algorithm: 'RS256', iss: '${issuer}', verify_iss: true, verify_iat: true)
puts JSON.generate(payload)`;

const verifyInPython = `
import json, sys, jwt
token, value = sys.stdin.read().split()
key = '-----BEGIN PUBLIC KEY-----\\n' + value + '\\n-----END PUBLIC KEY-----'
print(json.dumps(jwt.decode(token, key, algorithms=['RS256'], issuer='${issuer}')))`;

const minted = async (privateKey: string) => (await createMinter({ privateKey, issuer }))(contact);
const tampered = (token: string) => {
  const [header, payload, signature] = token.split('.');
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'another' })).toString('base64url');
  return [[header, payload, signature].join('.'), [header, forged, signature].join('.')] as const;
};

describe('a minted token, with the pasted value', () => {
  it.skipIf(!ruby)(unless(ruby, 'verifies in Ruby'), async () => {
    const value = await publicKeyValue(publicKeys.spki);
    const [token, forged] = tampered(await minted(privateKeys.pkcs8));
    expect(JSON.parse(run(String(ruby), ['-e', verifyInRuby], `${token} ${value}`))).toMatchObject(claims);
    expect(() => run(String(ruby), ['-e', verifyInRuby], `${forged} ${value}`)).toThrow('VerificationError');
  });

  it.skipIf(!python)(unless(python, 'verifies in Python'), async () => {
    const value = await publicKeyValue(publicKeys.spki);
    const [token, forged] = tampered(await minted(privateKeys.pkcs8));
    expect(JSON.parse(run(String(python), ['-c', verifyInPython], `${token} ${value}`))).toMatchObject(
      claims,
    );
    expect(() => run(String(python), ['-c', verifyInPython], `${forged} ${value}`)).toThrow(
      'InvalidSignature',
    );
  });

  it.skipIf(!openssl)(
    unless(openssl, 'verifies in openssl, with keys made as the specification says'),
    async () => {
      run('openssl', 'genpkey -algorithm RSA -out private_key.pem -pkeyopt rsa_keygen_bits:2048'.split(' '));
      run('openssl', 'rsa -pubout -in private_key.pem -out public_key.pem'.split(' '));
      const value = await publicKeyValue(readFileSync(join(folder, 'public_key.pem'), 'utf8'));
      const key = file('pasted.pem', `-----BEGIN PUBLIC KEY-----\n${value}\n-----END PUBLIC KEY-----\n`);
      const verify = (token: string) => {
        const [input = '', signature = ''] = token.split(/\.(?=[^.]*$)/);
        const signed = file('signature', Buffer.from(signature, 'base64url'));
        return run('openssl', ['dgst', '-sha256', '-verify', key, '-signature', signed], input);
      };
      const [token, forged] = tampered(await minted(readFileSync(join(folder, 'private_key.pem'), 'utf8')));
      expect(verify(token)).toBe('Verified OK\n');
      expect(() => verify(forged)).toThrow();
    },
  );
});

describe('the openssl line of a refusal', () => {
  /** Runs the command in the message, and returns the result. */
  const follow = (message: string, ...more: string[]) => {
    const [command = '', ...args] = /openssl .*$/.exec(message)?.[0].split(' ') ?? [];
    const printed = run(command, [...args, ...more]);
    const out = args[args.indexOf('-out') + 1] ?? '';
    return args.includes('-out') ? readFileSync(join(folder, out), 'utf8') : printed;
  };
  const refusal = (refused: Promise<unknown>) =>
    refused.then(
      () => '',
      (error: KeyError) => error.message,
    );

  it.skipIf(!openssl)(unless(openssl, 'makes a private key in PKCS#8 of one in PKCS#1'), async () => {
    file('private_key.pem', privateKeys.pkcs1);
    const message = await refusal(minted(privateKeys.pkcs1));
    expect(follow(message)).toBe(privateKeys.pkcs8);
  });

  it.skipIf(!openssl)(unless(openssl, 'decrypts a private key'), async () => {
    file('private_key.pem', privateKeys.encrypted);
    const message = await refusal(minted(privateKeys.encrypted));
    expect(follow(message, '-passin', 'pass:correct horse')).toBe(privateKeys.pkcs8);
  });

  it.skipIf(!openssl)(unless(openssl, 'makes a SubjectPublicKeyInfo of PKCS#1'), async () => {
    file('key.pem', publicKeys.pkcs1);
    expect(follow(await refusal(publicKeyValue(publicKeys.pkcs1)))).toBe(publicKeys.spki);
  });

  it.skipIf(!openssl)(unless(openssl, 'takes the public key out of a private one'), async () => {
    file('private_key.pem', privateKeys.pkcs8);
    expect(follow(await refusal(publicKeyValue(privateKeys.pkcs8)))).toBe(publicKeys.spki);
  });

  it.skipIf(!openssl)(unless(openssl, 'takes the public key out of a certificate'), async () => {
    file('certificate.pem', certificate.trim());
    const publicKey = follow(await refusal(publicKeyValue(certificate)));
    await expect(publicKeyValue(publicKey)).resolves.toMatch(/^MIIBIjANBgkq/);
  });
});
