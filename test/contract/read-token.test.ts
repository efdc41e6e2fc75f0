import { describe, expect, it } from 'vitest';
import { readToken } from '../../src/contract/read-token.js';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('readToken', () => {
  it('decodes names beyond ASCII as UTF-8', () => {
    // The second byte of à is a space in Latin-1.
    const token = `${part({ alg: 'RS256' })}.${part({ given_name: 'Zoë à 李' })}.c2ln`;
    expect(readToken(token)).toEqual({ header: { alg: 'RS256' }, payload: { given_name: 'Zoë à 李' } });
  });
});

it('reads the two characters in which base64url differs from base64', () => {
  const payload = { a: '>>>', b: '???', c: ' \uFEFF' };
  const encoded = part(payload);
  expect(encoded).toMatch(/-.*_|_.*-/);
  expect(readToken(`${part({})}.${encoded}.c2ln`)?.payload).toEqual(payload);
});

describe('a part of a token', () => {
  const read = (bytes: Buffer) => readToken(`${part({})}.${bytes.toString('base64url')}.c2ln`);

  it('may begin with a byte order mark', () => {
    expect(read(Buffer.from('\uFEFF{"sub":"guid"}'))?.payload).toEqual({ sub: 'guid' });
  });

  it('may be printed on several lines', () => {
    expect(read(Buffer.from('{\r\n\t"sub": "guid"\r\n}'))?.payload).toEqual({ sub: 'guid' });
  });

  it.each([
    ['not UTF-8', Buffer.from('{"sub":"\xff"}', 'latin1')],
    [
      'a surrogate in UTF-8',
      Buffer.from([...Buffer.from('{"sub":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
    ],
    ['a list', Buffer.from('[]')],
    ['null', Buffer.from('null')],
    ['a string', Buffer.from('"x"')],
    ['broken JSON', Buffer.from('{')],
  ])('that is %s is refused', (_, bytes) => {
    expect(read(bytes)).toBeUndefined();
  });
});
