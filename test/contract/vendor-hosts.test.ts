import { describe, expect, it } from 'vitest';
import { isVendorHost } from '../../src/contract/vendor-hosts.js';

describe('the host', () => {
  it.each([
    ['liveperson.net', true],
    ['lptag.liveperson.net', true],
    ['va.idp.liveperson.com', true],
    ['lpcdn.lpsnmedia.net', true],
    ['www.liveassistfor365.com', true],
    ['notliveperson.net', false],
    ['liveperson.net.example.com', false],
    ['liveperson.org', false],
    ['', false],
  ])('%s is the vendor’s: %s', (host, is) => {
    expect(isVendorHost(host)).toBe(is);
  });

  it('may be one that the caller adds', () => {
    expect(isVendorHost('localhost', ['localhost'])).toBe(true);
    expect(isVendorHost('a.localhost', ['localhost'])).toBe(true);
    expect(isVendorHost('lptag.liveperson.net', ['localhost'])).toBe(true);
    expect(isVendorHost('example.com', ['localhost'])).toBe(false);
  });
});
