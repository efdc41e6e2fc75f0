import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { isRoca } from '../../src/key/weakness.js';

it('recognises a modulus that is a power of 65537 modulo every small prime', () => {
  expect(isRoca(65537n ** 128n)).toBe(true);
});

it('does not recognise the modulus of an ordinary key', () => {
  for (let key = 0; key < 5; key++) {
    const { n = '' } = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
      format: 'jwk',
    });
    expect(isRoca(BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`))).toBe(false);
  }
});
