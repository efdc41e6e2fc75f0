import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/contract/nearest.js';

const known = ['public-key', 'issuer', 'signed-out', 'no-contact', 'timeout', '--help', 'cat'];

describe('the nearest name', () => {
  it.each([
    ['public-kye', 'public-key'],
    ['publickey', 'public-key'],
    ['PUBLIC_KEY', 'public-key'],
    ['signedOut', 'signed-out'],
    ['isuer', 'issuer'],
    ['issuerr', 'issuer'],
    ['isseur', 'issuer'],
    ['issxuer', 'issuer'],
    ['isuex', 'issuer'],
    ['issu', 'issuer'],
    ['the-issuer', 'issuer'],
    ['pkey', 'public-key'],
    ['help', '--help'],
    ['hlep', '--help'],
    ['time-out', 'timeout'],
    ['timeuot', 'timeout'],
    ['cut', 'cat'],
    ['timeouts', 'timeout'],
    ['sygnedaut', 'signed-out'],
  ])('to %s is %s', (name, meant) => {
    expect(nearest(name, known)).toBe(meant);
  });

  it.each([
    '',
    'xyz',
    'dog',
    'dot',
    'dct',
    'aot',
    'pky',
    'yekp',
    'cabs',
    'tumeuotx-y',
    'nothing-alike',
    'is',
  ])('to %j does not exist', (name) => {
    expect(nearest(name, known)).toBeUndefined();
  });

  it('is the closest of several', () => {
    expect(nearest('issuers', ['issue', 'issuer'])).toBe('issuer');
    expect(nearest('issuers', ['issuer', 'issue'])).toBe('issuer');
  });

  it('may be two letters long', () => {
    expect(nearest('d', ['id'])).toBe('id');
  });

  it('does not exist if no known name is similar', () => {
    expect(nearest('issuer', [])).toBeUndefined();
  });
});
