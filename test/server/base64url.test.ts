import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['Node’s Buffer', Buffer],
  ['a Buffer that does not know it', { isEncoding: () => false }],
  ['a Buffer of somebody else', {}],
  ['no Buffer', undefined],
])('base64url is written with %s', async (_, buffer) => {
  vi.resetModules();
  vi.stubGlobal('Buffer', buffer);
  const { encodeBase64url } = await import('../../src/server/base64url.js');
  expect(encodeBase64url('Zoë')).toBe('Wm_Dqw');
  expect(encodeBase64url(Uint8Array.of())).toBe('');
  expect(encodeBase64url(Uint8Array.of(251))).toBe('-w');
  expect(encodeBase64url(Uint8Array.of(255, 239))).toBe('_-8');
  expect(encodeBase64url(Uint8Array.of(0, 255, 239, 190).subarray(1))).toBe('_---');
});

it('asks Node’s Buffer where it can', async () => {
  vi.resetModules();
  const from = vi.spyOn(Buffer, 'from');
  const { encodeBase64url } = await import('../../src/server/base64url.js');
  from.mockClear();
  encodeBase64url('Ada');
  expect(from).toHaveBeenCalledOnce();
  from.mockRestore();
});
