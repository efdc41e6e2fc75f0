import { createPublicKey } from 'node:crypto';
import { type KeyError, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { certificate } from '../diagnosis/certificate.js';
import { body, mangle, privateKeys, publicKeys } from './key-formats.js';

const refusal = async (publicKey: unknown): Promise<KeyError> => {
  try {
    await publicKeyValue(publicKey as string);
  } catch (error) {
    return error as KeyError;
  }
  throw new Error('The key was taken.');
};

describe('publicKeyValue', () => {
  it('is the SubjectPublicKeyInfo in base64, one line', async () => {
    const value = await publicKeyValue(publicKeys.spki);
    expect(value).toBe(
      createPublicKey(publicKeys.spki).export({ type: 'spki', format: 'der' }).toString('base64'),
    );
    expect(value).toMatch(/^MIIBIjANBgkq[A-Za-z\d+/]+=*$/);
  });

  it.each(Object.entries(mangle))('is the same in spite of %s', async (_, mangled) => {
    expect(await publicKeyValue(mangled(publicKeys.spki))).toBe(body(publicKeys.spki));
  });

  it.each([
    ['missing', undefined],
    ['missing', ''],
    ['missing', '\n'],
    ['not-a-key', 'swordfish'],
    ['not-a-key', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDJ'],
    ['not-a-key', '-----BEGIN SSH2 PUBLIC KEY-----\nAAAAB3NzaC1yc2E=\n-----END SSH2 PUBLIC KEY-----'],
    ['damaged', publicKeys.spki.slice(0, 300)],
    ['damaged', body(publicKeys.spki).slice(0, 300)],
    ['damaged', publicKeys.spki.replace(/(.{100})./s, '$1')],
    ['damaged', publicKeys.spki.replace(/(.{100}).{64}\n/s, '$1')],
    ['damaged', body(publicKeys.spki).slice(1)],
    ['damaged', body(publicKeys.spki).slice(0, -3)],
    ['damaged', body(publicKeys.spki).slice(5)],
    ['pkcs1', publicKeys.pkcs1],
    ['pkcs1', publicKeys.pkcs1.replaceAll('RSA PUBLIC', 'PUBLIC')],
    ['pkcs1', body(publicKeys.pkcs1)],
    ['certificate', certificate],
    ['certificate', certificate.replaceAll('CERTIFICATE', 'PUBLIC KEY')],
    ['certificate', body(certificate)],
    ['certificate', certificate.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST')],
    ['not-a-key', '{"kty":"RSA","n":"0vx7","e":"AQAB"}'],
    ['not-a-key', '{"keys":[{"kty":"RSA","n":"0vx7","e":"AQAB"}]}'],
    ['private-key', '{"kty":"RSA","n":"0vx7","e":"AQAB","d":"X4cT"}'],
    [
      'private-key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----',
    ],
    ['private-key', privateKeys.pkcs8],
    ['private-key', privateKeys.pkcs1],
    ['private-key', privateKeys.sec1],
    ['private-key', privateKeys.encrypted],
    ['private-key', privateKeys.encryptedPkcs1],
    ['private-key', body(privateKeys.pkcs8)],
    ['private-key', publicKeys.spki + privateKeys.pkcs8],
    ['not-rsa', publicKeys.ec],
    ['not-rsa', publicKeys.ed25519],
    ['not-rsa', publicKeys.pss],
    ['too-short', publicKeys.short],
  ])('refuses as %s (%#)', async (code, publicKey) => {
    expect(await refusal(publicKey)).toMatchObject({ name: 'KeyError', code });
  });

  it('refuses with the openssl line that makes the right file', async () => {
    expect((await refusal(publicKeys.pkcs1)).message).toContain('openssl rsa -RSAPublicKey_in -in');
    expect((await refusal(certificate)).message).toContain('openssl x509 -in');
    const request = certificate.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST');
    expect((await refusal(request)).message).toContain('openssl req -in');
    expect((await refusal('ssh-rsa AAAAB3NzaC1yc2E=')).message).toContain('ssh-keygen -e -m PKCS8');
    expect((await refusal('{"kty":"RSA"}')).message).toContain("format:'jwk'");
    expect((await refusal(privateKeys.pkcs8)).message).toContain('openssl pkey -in');
  });

  it('never quotes a private key', async () => {
    const { message } = await refusal(privateKeys.pkcs8);
    for (const line of body(privateKeys.pkcs8).match(/.{16}/g) ?? []) expect(message).not.toContain(line);
  });

  it('refuses the path of a file as such', async () => {
    for (const path of ['public_key.pem', '../keys/public'])
      expect((await refusal(path)).message).toMatch(/looks like the path of a file.*readFile/);
  });

  it('refuses a value that is not text', async () => {
    expect(await refusal(new TextEncoder().encode(publicKeys.spki))).toBeInstanceOf(TypeError);
  });
});
