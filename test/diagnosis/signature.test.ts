import {
  constants,
  createHash,
  createHmac,
  generateKeyPairSync,
  privateEncrypt,
  sign as signBytes,
} from 'node:crypto';
import { diagnose } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import {
  contact,
  encode,
  faults,
  fineClaims,
  messageOf,
  pasted,
  privateKey,
  publicPem,
  sign,
  token,
} from './diagnose-site.js';

const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const [header = '', payload = '', signature = ''] = token().split('.');
const codesOf = async (text: string, publicKey = pasted) =>
  (await diagnose(text, { publicKey })).map(({ code }) => code);

/** A token whose header names another algorithm, signed with that algorithm. */
function attack(asked: object, make: (input: string) => Buffer): string {
  const input = `${encode(asked)}.${encode(fineClaims())}`;
  return `${input}.${make(input).toString('base64url')}`;
}
const hmac = (key: string) => (input: string) => createHmac('sha256', key).update(input).digest();
const rs256 = (content: string | Buffer) => signBytes('RSA-SHA256', Buffer.from(content), privateKey);
const hash = (input: string) => createHash('sha256').update(input).digest();
const foreign = (input: string) => signBytes('RSA-SHA256', Buffer.from(input), other.privateKey);

describe('the signature check of diagnose', () => {
  it('accepts the token of the pair', async () => {
    expect(await codesOf(`${header}.${payload}.${signature}`)).toContain('signature-fits');
  });

  it.each<[string, string]>([
    ['alg none with an empty signature', attack({ alg: 'none' }, () => Buffer.alloc(0))],
    ['alg none with the genuine signature', `${encode({ alg: 'none' })}.${payload}.${signature}`],
    ['HS256 with the pasted text as the secret', attack({ alg: 'HS256' }, hmac(pasted))],
    ['HS256 with the PEM file as the secret', attack({ alg: 'HS256' }, hmac(publicPem))],
    ['HS256 that says RS256', attack({ alg: 'RS256' }, hmac(pasted))],
    ['an altered header', `${encode({ alg: 'RS256', kid: 'x' })}.${payload}.${signature}`],
    [
      'an altered payload',
      `${header}.${encode({ ...fineClaims(), sub: contact.replace('3', '4') })}.${signature}`,
    ],
    ['a payload written otherwise', `${header}.${payload}=.${signature}`],
    ['a truncated signature', `${header}.${payload}.${signature.slice(0, -4)}`],
    [
      'one byte less',
      `${header}.${payload}.${Buffer.from(signature, 'base64url').subarray(1).toString('base64url')}`,
    ],
    [
      'a signature with a zero byte before',
      `${header}.${payload}.${Buffer.concat([Buffer.alloc(1), Buffer.from(signature, 'base64url')]).toString('base64url')}`,
    ],
    ['a padded signature', `${header}.${payload}.${signature}==`],
    [
      'a signature with unused bits set',
      `${header}.${payload}.${signature.slice(0, -1)}${signature.endsWith('B') ? 'C' : 'B'}`,
    ],
    ['a signature of zeros', `${header}.${payload}.${Buffer.alloc(256).toString('base64url')}`],
    [
      'a signature of one',
      `${header}.${payload}.${Buffer.concat([Buffer.alloc(255), Buffer.of(1)]).toString('base64url')}`,
    ],
    [
      'a signature above the modulus',
      `${header}.${payload}.${Buffer.alloc(256, 0xff).toString('base64url')}`,
    ],
    ['an embedded jwk', attack({ alg: 'RS256', jwk: other.publicKey.export({ format: 'jwk' }) }, foreign)],
    ['an embedded certificate address', attack({ alg: 'RS256', x5u: 'https://evil.example/' }, foreign)],
    ['another pair', attack({ alg: 'RS256' }, foreign)],
    ['SHA-512 that says RS256', sign({ alg: 'RS256' }, fineClaims(), 'RSA-SHA512')],
    ['RS512', sign({ alg: 'RS512' }, fineClaims(), 'RSA-SHA512')],
    [
      'RSA-PSS that says RS256',
      attack({ alg: 'RS256' }, (input) =>
        signBytes('sha256', Buffer.from(input), {
          key: privateKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: 32,
        }),
      ),
    ],
    [
      'the bare digest without its name',
      attack({ alg: 'RS256' }, (input) =>
        privateEncrypt(privateKey, createHmac('sha256', '').update(input).digest()),
      ),
    ],
  ])('refuses %s', async (_, text) => {
    const codes = await codesOf(text);
    expect(codes).not.toContain('signature-fits');
    expect(codes).not.toContain('signature-fits-repaired-key');
    expect((await faults(text, { publicKey: pasted })).length).toBeGreaterThan(0);
  });

  it.each<[string, string, string]>([
    ['the other pair', attack({ alg: 'RS256' }, foreign), 'other-pair'],
    ['altered claims', `${header}.${encode({ ...fineClaims(), x: 1 })}.${signature}`, 'token-altered'],
    ['another hash', sign({ alg: 'RS256' }, fineClaims(), 'RSA-SHA512'), 'other-hash'],
    ['SHA-1', sign({ alg: 'RS256' }, fineClaims(), 'RSA-SHA1'), 'other-hash'],
    [
      'PSS',
      attack({ alg: 'RS256' }, (input) =>
        signBytes('sha256', Buffer.from(input), {
          key: privateKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: 32,
        }),
      ),
      'other-padding',
    ],
    ['a hash hashed once more', attack({ alg: 'RS256' }, (input) => rs256(hash(input))), 'hashed-twice'],
    [
      'a hash in hexadecimal',
      attack({ alg: 'RS256' }, (input) => rs256(hash(input).toString('hex'))),
      'hashed-twice',
    ],
    [
      'the payload signed alone',
      attack({ alg: 'RS256' }, (input) => rs256(input.replace(/.*\./, ''))),
      'payload-alone',
    ],
    [
      'the JSON signed alone',
      attack({ alg: 'RS256' }, (input) => rs256(Buffer.from(input.replace(/.*\./, ''), 'base64url'))),
      'payload-alone',
    ],
    [
      'a hash encrypted bare',
      attack({ alg: 'RS256' }, (input) => privateEncrypt(privateKey, hash(input))),
      'digest-alone',
    ],
    [
      'a text encrypted',
      attack({ alg: 'RS256' }, () => privateEncrypt(privateKey, Buffer.from('x'))),
      'signed-otherwise',
    ],
    [
      'hexadecimal in base64url',
      attack({ alg: 'RS256' }, (input) => Buffer.from(rs256(input).toString('hex'))),
      'signature-encoded',
    ],
    [
      'hexadecimal',
      `${header}.${payload}.${Buffer.from(signature, 'base64url').toString('hex')}`,
      'signature-encoded',
    ],
    [
      'base64 in base64url',
      attack({ alg: 'RS256' }, (input) => Buffer.from(rs256(input).toString('base64'))),
      'signature-encoded',
    ],
    ['a cut signature', `${header}.${payload}.${signature.slice(0, -1)}`, 'part-incomplete'],
    [
      'a signature short of whole bytes',
      `${header}.${payload}.${Buffer.from(signature, 'base64url').subarray(0, 250).toString('base64url')}`,
      'signature-length',
    ],
  ])('blames %s', async (_, text, code) => {
    expect(await faults(text, { publicKey: pasted })).toEqual([code]);
  });

  it('treats a signature of another length as one of another pair', async () => {
    const large = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const text = attack({ alg: 'RS256' }, (input) =>
      signBytes('RSA-SHA256', Buffer.from(input), large.privateKey),
    );
    expect(await messageOf('signature-length', text, { publicKey: pasted })).toMatch(
      /384 .* 256\. Another key/,
    );
  });
});
