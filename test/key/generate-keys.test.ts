import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createMinter, generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';

describe('generateKeys', async () => {
  const { privateKey, publicKey } = await generateKeys();

  it('makes a pair of 2048 bits, PKCS#8 and SubjectPublicKeyInfo', () => {
    expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    const key = createPrivateKey(privateKey);
    expect(key.asymmetricKeyType).toBe('rsa');
    expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65537n });
    expect(createPublicKey(key).equals(createPublicKey(publicKey))).toBe(true);
  });

  it('ends both texts with a line break, as files do', () => {
    expect(privateKey).toMatch(/-----END PRIVATE KEY-----\n$/);
    expect(publicKey).toMatch(/-----END PUBLIC KEY-----\n$/);
  });

  it('makes a pair whose halves the minter and publicKeyValue accept', async () => {
    await expect(createMinter({ privateKey, issuer: 'www.site.example' })).resolves.toBeTypeOf('function');
    await expect(publicKeyValue(publicKey)).resolves.toMatch(/^MIIBIjANBgkq/);
  });

  it('makes longer keys on request, and a different pair each time', async () => {
    const longer = await generateKeys(3072);
    expect(createPublicKey(longer.publicKey).asymmetricKeyDetails?.modulusLength).toBe(3072);
    expect((await generateKeys()).privateKey).not.toBe(privateKey);
  });

  it.each([1024, 2047, 2049, 2048.5, 16384, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s bits',
    async (bits) => {
      await expect(generateKeys(bits)).rejects.toThrow(TypeError);
      await expect(generateKeys(bits)).rejects.toThrow(`${bits} bits`);
    },
  );
});
