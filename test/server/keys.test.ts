import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createMinter, generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';

describe('generateKeys', () => {
  it('makes a pair of 2048 bits, PKCS#8 and SubjectPublicKeyInfo', async () => {
    const { privateKey, publicKey } = await generateKeys();
    expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    const key = createPrivateKey(privateKey);
    expect(key.asymmetricKeyType).toBe('rsa');
    expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65537n });
    expect(createPublicKey(key).equals(createPublicKey(publicKey))).toBe(true);
  });

  it('makes longer keys when asked', async () => {
    const { publicKey } = await generateKeys(3072);
    expect(createPublicKey(publicKey).asymmetricKeyDetails?.modulusLength).toBe(3072);
  });

  it('ends both texts with a line break, as files do', async () => {
    const { privateKey, publicKey } = await generateKeys();
    expect(privateKey).toMatch(/-----END PRIVATE KEY-----\n$/);
    expect(publicKey).toMatch(/-----END PUBLIC KEY-----\n$/);
  });

  it('makes a pair whose halves the mint and the value take', async () => {
    const { privateKey, publicKey } = await generateKeys();
    await expect(createMinter({ privateKey, issuer: 'www.site.example' })).resolves.toBeTypeOf('function');
    await expect(publicKeyValue(publicKey)).resolves.toMatch(/^MIIBIjANBgkq/);
  });

  it.each([1024, 2047, 2049, 2048.5, 16384, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s bits',
    async (bits) => {
      await expect(generateKeys(bits)).rejects.toThrow(TypeError);
      await expect(generateKeys(bits)).rejects.toThrow(`${bits} bits`);
    },
  );
});
