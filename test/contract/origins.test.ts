import { describe, expect, it } from 'vitest';
import { isLocalHost, isOrigin } from '../../src/contract/origins.js';

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
    ['x127.0.0.1', false],
    ['x[::1]', false],
    ['[::1]x', false],
    ['[::2]', false],
    ['shop.example', false],
    ['', false],
  ])('%s is this machine: %s', (name, isLocal) => {
    expect(isLocalHost(name)).toBe(isLocal);
  });
});

describe('the text', () => {
  it.each([
    ['https://www.example.com', true],
    ['https://www.example.com:8443', true],
    ['http://localhost:3000', true],
    ['http://[::1]:3000', true],
    ['https://xn--bcher-kva.example', true],
    ['capacitor://localhost', true],
    ['ms-appx-web://my.app+1', true],
    ['app2+http://localhost', true],
    ['capacitor://localhost/path', false],
    ['https://www.example.com/', false],
    ['https://www.example.com:443', false],
    ['http://www.example.com:80', false],
    ['https://WWW.example.com', false],
    ['https://www.example.com/path', false],
    ['https://www.example.com?a', false],
    ['https://www.example.com#a', false],
    ['https://me@www.example.com', false],
    ['https://*.example.com', false],
    ['https://bücher.example', false],
    ['https://www.example.com https://b.example', false],
    [' https://www.example.com', false],
    ['https://www.example.com ', false],
    ['https://www.example.com:99999', false],
    ['https://', false],
    ['//www.example.com', false],
    ['1x://www.example.com', false],
    ['www.example.com', false],
    ['null', false],
    ['*', false],
    ['', false],
  ])('%j is an origin: %s', (text, is) => {
    expect(isOrigin(text)).toBe(is);
  });
});
