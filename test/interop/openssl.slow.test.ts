import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMinter, diagnose, generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { contact, encode, fineClaims, issuer } from '../diagnosis/diagnose-site.js';
import { findTool, required } from './tool.js';

const tool = findTool('openssl', ['openssl'], ['version']);
const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
const path = (name: string) => join(folder, name);

describe.skipIf(!tool)('openssl', () => {
  const openssl = (...args: string[]) => required(tool).run(args);

  it('verifies a token minted here with the pasted value', async () => {
    const { privateKey, publicKey } = await generateKeys();
    const mint = await createMinter({ privateKey, issuer });
    const [header, payload, signature = ''] = (await mint({ id: contact, givenName: 'Zoë' })).split('.');
    writeFileSync(path('input'), `${header}.${payload}`);
    writeFileSync(path('signature'), Buffer.from(signature, 'base64url'));
    writeFileSync(path('key.der'), Buffer.from(await publicKeyValue(publicKey), 'base64'));
    const verify = ['-verify', path('key.der'), '-keyform', 'DER', '-signature', path('signature')];
    expect(openssl('dgst', '-sha256', ...verify, path('input'))).toBe('Verified OK\n');
  });

  it('makes a pair and a token by the specification’s recipe, in which diagnose finds nothing wrong', async () => {
    const bits = ['-pkeyopt', 'rsa_keygen_bits:2048'];
    openssl('genpkey', '-quiet', '-algorithm', 'RSA', '-out', path('private_key.pem'), ...bits);
    openssl('rsa', '-pubout', '-in', path('private_key.pem'), '-out', path('public_key.pem'));
    const input = `${encode({ alg: 'RS256' })}.${encode(fineClaims())}`;
    writeFileSync(path('input'), input);
    openssl('dgst', '-sha256', '-sign', path('private_key.pem'), '-out', path('signature'), path('input'));
    const token = `${input}.${readFileSync(path('signature')).toString('base64url')}`;

    const lines = readFileSync(path('public_key.pem'), 'utf8').trim().split('\n');
    const findings = await diagnose(token, { publicKey: lines.slice(1, -1).join(''), issuer });
    expect(findings.every(({ level }) => level === 'note')).toBe(true);
    expect(findings.map(({ code }) => code)).toContain('signature-fits');
  });

  it('accepts the private key of generateKeys, and prints the same fingerprint', async () => {
    const { privateKey, publicKey } = await generateKeys();
    writeFileSync(path('private.pem'), privateKey);
    writeFileSync(path('public.pem'), publicKey);
    expect(openssl('pkey', '-check', '-noout', '-in', path('private.pem'))).toContain('Key is valid');
    openssl('pkey', '-pubin', '-in', path('public.pem'), '-outform', 'DER', '-out', path('public.der'));
    const fingerprint = openssl('dgst', '-sha256', '-r', path('public.der')).split(' ')[0];
    const findings = await diagnose('', { publicKey: await publicKeyValue(publicKey) });
    expect(findings.find(({ code }) => code === 'key-fine')?.message).toContain(fingerprint);
  });
});
