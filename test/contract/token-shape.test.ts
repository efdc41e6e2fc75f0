import { describe, expect, it } from 'vitest';
import { fitsRsaKey } from '../../src/contract/token-shape.js';

const ofBytes = (count: number) => Buffer.alloc(count, 7).toString('base64url');

describe('a signature', () => {
  it.each([1024, 2048, 3000, 3072, 4096, 8192, 16_384])('of %i bits fits an RSA key', (bits) => {
    expect(fitsRsaKey(ofBytes(bits / 8))).toBe(true);
  });

  it.each([1024, 2048, 3072, 4096, 8192])('of %i bits with text appended fits none', (bits) => {
    for (const text of ['0', '-1', '000', 'null'])
      expect(fitsRsaKey(ofBytes(bits / 8) + text), text).toBe(false);
    expect(fitsRsaKey(ofBytes(bits / 8).slice(0, -1))).toBe(false);
  });

  it('of 3000 bits with a digit appended fits none', () => {
    expect(fitsRsaKey(`${ofBytes(375)}0`)).toBe(false);
  });

  it.each([0, 3, 32, 64, 96, 120, 132, 255, 257])('of %i bytes fits none', (count) => {
    expect(fitsRsaKey(ofBytes(count))).toBe(false);
  });
});
