import { createPublicKey, type KeyObject } from 'node:crypto';
import { generateKeyPair, importPKCS8, importSPKI, jwtVerify } from 'jose';
import { createMinter, type KeyError } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { certificate } from '../diagnosis/certificate.js';
import { body, mangle, privateKeys, publicKeys, written } from './key-formats.js';

const issuer = 'www.site.example';
const contact = { id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' };

const refusal = async (privateKey: unknown): Promise<KeyError> => {
  try {
    await createMinter({ privateKey: privateKey as string, issuer });
  } catch (error) {
    return error as KeyError;
  }
  throw new Error('The key was taken.');
};

describe('a private key in text', () => {
  it.each(Object.entries({ ...mangle, ...written }))('signs in spite of %s', async (_, mangled) => {
    const mint = await createMinter({ privateKey: mangled(privateKeys.pkcs8), issuer });
    const key = await importSPKI(publicKeys.spki, 'RS256');
    await expect(jwtVerify(await mint(contact), key)).resolves.toMatchObject({ payload: { iss: issuer } });
  });

  it('is found in a file that holds the certificate too', async () => {
    const privateKey = certificate + privateKeys.pkcs8;
    await expect(createMinter({ privateKey, issuer })).resolves.toBeTypeOf('function');
  });

  it.each([
    ['missing', undefined],
    ['missing', null],
    ['missing', ''],
    ['missing', ' \n'],
    ['not-a-key', 'swordfish'],
    ['public-key', '{"kty":"RSA","n":"0vx7","e":"AQAB"}'],
    ['public-key', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDJ'],
    ['not-a-key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----'],
    ['damaged', '-----BEGIN PRIVATE KEY-----'],
    ['damaged', privateKeys.pkcs8.slice(0, 500)],
    ['damaged', privateKeys.pkcs8.replace(/\n-----END.*/s, '')],
    ['damaged', privateKeys.pkcs8.replace(/(.{200}).{64}\n/s, '$1')],
    ['damaged', privateKeys.pkcs8.replace(/(.{200})./s, '$1')],
    ['damaged', privateKeys.pkcs8.replace(/(.{200})./s, '$1*')],
    ['pkcs1', privateKeys.pkcs1],
    ['pkcs1', privateKeys.pkcs1.replaceAll('\n', '\\n')],
    ['pkcs1', privateKeys.pkcs1.replaceAll('RSA PRIVATE', 'PRIVATE')],
    ['pkcs1', body(privateKeys.pkcs1)],
    ['pkcs1', privateKeys.pkcs1.slice(0, 500)],
    ['certificate', certificate.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST')],
    ['encrypted', privateKeys.encrypted],
    ['encrypted', privateKeys.encryptedPkcs1],
    ['certificate', certificate],
    ['public-key', publicKeys.spki],
    ['public-key', publicKeys.pkcs1],
    ['public-key', publicKeys.spki.replaceAll('PUBLIC', 'PRIVATE')],
    ['public-key', body(publicKeys.spki)],
    ['not-rsa', privateKeys.ec],
    ['not-rsa', privateKeys.sec1],
    [
      'not-rsa',
      `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${privateKeys.sec1}`,
    ],
    ['not-rsa', privateKeys.ed25519],
    ['not-rsa', privateKeys.pss],
    ['too-short', privateKeys.short],
  ])('is refused as %s (%#)', async (code, privateKey) => {
    expect(await refusal(privateKey)).toMatchObject({ name: 'KeyError', code });
  });

  it.each([
    'private_key.pem',
    './private_key.pem',
    '/run/secrets/live-assist',
    'C:\\keys\\private.key',
    '~/key.pem\n',
  ])('is distinguished from its path, %j', async (path) => {
    const error = await refusal(path);
    expect(error).toMatchObject({ name: 'KeyError', code: 'not-a-key' });
    expect((error as Error).message).toMatch(/looks like the path of a file.*readFile\(path, "utf8"\)/);
  });

  it('with one character altered is refused, or still signs correctly', async () => {
    const key = await importSPKI(publicKeys.spki, 'RS256');
    const lines = privateKeys.pkcs8.split('\n');
    const refused: unknown[] = [];
    for (const [index, line] of lines.entries()) {
      if (line.length < 64) continue;
      const altered = `${line.slice(0, 40)}${line[40] === 'A' ? 'B' : 'A'}${line.slice(41)}`;
      const privateKey = lines.with(index, altered).join('\n');
      const mint = await createMinter({ privateKey, issuer }).catch((error: KeyError) => {
        refused.push(error.code);
      });
      if (mint) await expect(jwtVerify(await mint(contact), key)).resolves.toBeDefined();
    }
    expect(new Set(refused)).toEqual(new Set(['damaged']));
  });

  it('is refused with a fact and a remedy that quote nothing of the key', async () => {
    for (const privateKey of [
      'swordfish',
      ...Object.values(privateKeys).slice(1),
      privateKeys.pkcs8.slice(0, 700),
    ]) {
      const { message } = await refusal(privateKey);
      expect(message).toMatch(/^[A-Z].*\. [A-Z].*/);
      for (const line of privateKey.split('\n').filter((line) => !line.startsWith('-----') && line))
        expect(message).not.toContain(line);
    }
  });

  it('in PKCS#1 is refused with the openssl line that converts it', async () => {
    const { message } = await refusal(privateKeys.pkcs1);
    expect(message).toMatch(/openssl pkcs8 -topk8 -nocrypt -in \S+ -out \S+$/);
  });

  it('names the other algorithm', async () => {
    expect((await refusal(privateKeys.ec)).message).toContain('EC');
    expect((await refusal(privateKeys.ed25519)).message).toContain('Ed25519');
    expect((await refusal(privateKeys.pss)).message).toContain('RSA-PSS');
  });

  it('names its size when it is too short', async () => {
    expect((await refusal(privateKeys.short)).message).toContain('1024 bits');
  });
});

describe('a CryptoKey', () => {
  it('signs, also when it cannot be exported', async () => {
    const privateKey = await importPKCS8(privateKeys.pkcs8, 'RS256', { extractable: false });
    const mint = await createMinter({ privateKey, issuer });
    const publicKey = await importSPKI(publicKeys.spki, 'RS256');
    await expect(jwtVerify(await mint(contact), publicKey)).resolves.toBeDefined();
  });

  it.each(['PS256', 'RS384', 'RS512', 'RSA-OAEP-256'])('for %s is refused', async (algorithm) => {
    const privateKey = await importPKCS8(privateKeys.pkcs8, algorithm);
    expect(await refusal(privateKey)).toMatchObject({ code: 'wrong-use' });
  });

  it('of another kind is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    expect(await refusal(privateKey)).toMatchObject({ code: 'wrong-use' });
  });

  it('that is the public half is refused', async () => {
    expect(await refusal(await importSPKI(publicKeys.spki, 'RS256'))).toMatchObject({ code: 'public-key' });
  });

  it('below 2048 bits is refused', async () => {
    const privateKey = await importPKCS8(privateKeys.short, 'RS256');
    expect(await refusal(privateKey)).toMatchObject({ code: 'too-short' });
  });

  it.each([
    ['bytes', new TextEncoder().encode(privateKeys.pkcs8)],
    ['a KeyObject', createPublicKey(publicKeys.spki) satisfies KeyObject],
    ['a number', 42],
    ['a function', () => privateKeys.pkcs8],
  ])('is not %s', async (_, privateKey) => {
    expect(await refusal(privateKey)).toBeInstanceOf(TypeError);
  });
});
