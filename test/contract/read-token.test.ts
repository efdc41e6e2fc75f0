import { describe, expect, it } from 'vitest';
import { readToken } from '../../src/contract/read-token.js';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('readToken', () => {
  it('decodes names beyond ASCII as UTF-8', () => {
    const token = `${part({ alg: 'RS256' })}.${part({ given_name: 'Zoë 李' })}.c2ln`;
    expect(readToken(token)).toEqual({ header: { alg: 'RS256' }, payload: { given_name: 'Zoë 李' } });
  });
});
