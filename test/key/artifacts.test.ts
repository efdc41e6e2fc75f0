import { createPublicKey } from 'node:crypto';
import { createMinter, diagnose, KeyError, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { commandLine, file } from '../cli/command-line.js';
import { createToken } from '../diagnosis/artifact-token.js';
import { line, privateKeys, privatePem, publicKeys } from './artifacts.js';

const given = (keys: Readonly<Record<string, string | undefined>>) =>
  Object.entries(keys).flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
const token = createToken(privatePem);

describe('a leaked private key', () => {
  it.each(given(privateKeys))('is the first finding: %s', async (_, text) => {
    const [asKey] = await diagnose(token, { publicKey: text });
    expect(asKey?.code).toBe('private-key');
    const [asToken] = await diagnose(text);
    expect(asToken?.code).toBe('private-key');
    await expect(publicKeyValue(text)).rejects.toMatchObject({ code: 'private-key' });
  });

  it.each(given(privateKeys))('is never quoted: %s', async (_, text) => {
    const findings = [...(await diagnose(text)), ...(await diagnose(token, { publicKey: text }))];
    const messages = findings.map(({ message }) => message).join('\n');
    for (const secret of text.match(/[\w+/]{24,}/g) ?? []) expect(messages).not.toContain(secret);
  });

  it.each(['config', 'diagnose'])('is named by the command %s', async (command) => {
    const path = file(privateKeys['a JWK'] ?? '');
    const args = command === 'config' ? [path, '--value'] : [path];
    const { out, err } = await commandLine([command, ...args]);
    expect(out + err).toMatch(/private key/i);
  });
});

describe('a public key', () => {
  it.each(given(publicKeys))('is not reported as leaked, and is compared: %s', async (_, text) => {
    const codes = (await diagnose(token, { publicKey: text })).map(({ code }) => code);
    expect(codes).not.toContain('private-key');
    expect(codes).toContain('signature-fits-repaired-key');
    expect(codes).not.toContain('key-foreign-character');
    expect((await diagnose(text)).map(({ code }) => code)).not.toContain('private-key');
  });

  it.each(given(publicKeys))('is read by config as diagnose reads it, or converted: %s', async (_, text) => {
    const value = await publicKeyValue(text).catch((error: unknown) => error);
    if (value instanceof KeyError) expect(['certificate', 'pkcs1', 'not-a-key']).toContain(value.code);
    else expect(value).toBe(line);
  });

  it('is compared even if only the line is expected', async () => {
    expect(await publicKeyValue(line)).toBe(line);
  });
});

describe('a pair that is printed in public documentation', () => {
  // RFC 7515 appendix A.2.
  const key = createPublicKey({
    key: {
      kty: 'RSA',
      e: 'AQAB',
      n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
    },
    format: 'jwk',
  });
  const published = key.export({ type: 'spki', format: 'der' }).toString('base64');

  it('is named by diagnose before anything else', async () => {
    const [first] = await diagnose(token, { publicKey: published });
    expect(first).toMatchObject({ level: 'error', code: 'key-published' });
    expect(first?.message).toContain('RFC 7515');
  });

  it('is refused by config', async () => {
    await expect(publicKeyValue(published)).rejects.toMatchObject({ code: 'published' });
  });
});

describe('the minter', () => {
  it('signs with a private key that it can read and refuses the others by name', async () => {
    for (const [, text] of given(privateKeys)) {
      const minted = await createMinter({ privateKey: text, issuer: 'www.example.com' }).catch(
        (error: KeyError) => error,
      );
      if (minted instanceof KeyError) {
        expect(['pkcs1', 'encrypted', 'not-a-key', 'damaged']).toContain(minted.code);
        expect(minted.message).toMatch(/^[A-Z].*\. [A-Z].*/);
      }
    }
  });
});
