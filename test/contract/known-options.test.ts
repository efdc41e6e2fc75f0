import { describe, expect, it } from 'vitest';
import { requireKnownOptions } from '../../src/contract/known-options.js';

const check = (options: unknown) => () =>
  requireKnownOptions('mint', options, { issuer: true, lifetime: true });

describe('options', () => {
  it.each([{}, { issuer: 'x' }, { issuer: 'x', lifetime: undefined }])('%j are known', (options) => {
    expect(check(options)).not.toThrow();
  });

  it.each([{ isuer: 'x' }, { issuer: 'x', isuer: 'y' }])(
    '%j are refused, because one of them is not known',
    (options) => {
      expect(check(options)).toThrow(
        new TypeError('mint does not know the option "isuer". It knows issuer, lifetime.'),
      );
    },
  );

  it('are refused if their name is only one that every object inherits', () => {
    expect(check({ toString: 1 })).toThrow('mint does not know the option "toString".');
  });

  it.each([undefined, null, 'issuer', 5])('are not %j', (options) => {
    expect(check(options)).toThrow(
      new TypeError('mint was called without options. Give an object with issuer, lifetime.'),
    );
  });
});
