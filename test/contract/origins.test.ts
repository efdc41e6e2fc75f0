import { describe, expect, it } from 'vitest';
import { isLocalHost } from '../../src/contract/origins.js';

describe('the host name', () => {
  it.each([
    ['localhost', true],
    ['shop.localhost', true],
    ['127.0.0.1', true],
    ['127.0.0.2', true],
    ['127.255.255.254', true],
    ['[::1]', true],
    ['notlocalhost', false],
    ['localhost.shop.example', false],
    ['128.0.0.1', false],
    ['127.0.0.1.shop.example', false],
    ['27.0.0.1', false],
    ['[::2]', false],
    ['shop.example', false],
    ['', false],
  ])('%s is this machine: %s', (name, isLocal) => {
    expect(isLocalHost(name)).toBe(isLocal);
  });
});
