import { describe, expect, it } from 'vitest';
import { cachedBy, cacheHeaders, meantStatus, readHeaders } from '../../src/contract/answer-headers.js';

describe('a cache answered', () => {
  it.each([
    ['Age', '5'],
    ['Age', '0, 10'],
    ['X-Cache', 'HIT'],
    ['X-Cache', 'Hit from cloudfront'],
    ['X-Cache', 'RefreshHit from cloudfront'],
    ['X-Cache', 'TCP_HIT'],
    ['X-Cache', 'TCP_MEM_HIT from a23-45'],
    ['X-Cache', 'MISS, HIT'],
    ['X-Cache-Status', 'HIT'],
    ['X-Cache-Status', 'STALE'],
    ['X-Cache-Status', 'UPDATING'],
    ['X-Cache-Status', 'REVALIDATED'],
    ['X-Proxy-Cache', 'HIT'],
    ['CF-Cache-Status', 'HIT'],
    ['Cache-Status', 'Edge; hit; ttl=9'],
    ['Cache-Status', '"Netlify Edge"; hit'],
    ['X-Drupal-Cache', 'HIT'],
    ['X-LiteSpeed-Cache', 'hit,private'],
    ['X-Magento-Cache-Debug', 'HIT'],
    ['X-Vercel-Cache', 'PRERENDER'],
    ['X-Nextjs-Cache', 'STALE'],
    ['X-Rack-Cache', 'fresh'],
  ])('%s: %s', (name, value) => {
    expect(cachedBy(new Headers({ [name]: value }))?.toLowerCase()).toBe(name.toLowerCase());
  });
});

describe('the endpoint itself answered', () => {
  it.each([
    ['Age', '0'],
    ['X-Cache', 'MISS'],
    ['X-Cache', 'Miss from cloudfront'],
    ['X-Cache', 'WHITE'],
    ['X-Cache-Status', 'BYPASS'],
    ['CF-Cache-Status', 'DYNAMIC'],
    ['CF-Cache-Status', 'EXPIRED'],
    ['Cache-Status', 'Edge; fwd=stale; stored'],
    ['Cache-Status', 'Edge; hit=?0; fwd=miss'],
    // Not a statement about the whole answer.
    ['X-Drupal-Dynamic-Cache', 'HIT'],
    ['X-Cache-Lookup', 'HIT from proxy:3128'],
    ['X-Query-Cache', 'HIT'],
    ['X-JWKS-Cache', 'hit'],
    ['Cache-Control', 'no-store, stale-if-error'],
  ])('%s: %s', (name, value) => {
    expect(cachedBy(new Headers({ [name]: value }))).toBeUndefined();
  });
});

describe('the status that the endpoint meant', () => {
  it.each([
    [undefined, 200],
    ['{"status":401,"headers":{"location":"https:\\/\\/login.example\\/?status=200"}}', 401],
    ['{ "status" : 403 }', 403],
    ['{}', 200],
    ['not JSON', 200],
  ])('with X-Responded-JSON %s is %i', (value, status) => {
    expect(meantStatus(200, new Headers(value === undefined ? {} : { 'X-Responded-JSON': value }))).toBe(
      status,
    );
  });
});

it('lists every header that is read, to be exposed to other origins', () => {
  expect(readHeaders).toEqual(['Date', 'Age', 'Retry-After', 'X-Responded-JSON', ...cacheHeaders]);
});
