import { constants, sign as signBytes } from 'node:crypto';
import { diagnose } from 'live-assist-bridge/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { processorTime } from '../support/processor-time.js';
import {
  contact,
  encode,
  fineClaims,
  messageOf,
  pasted,
  privateKey,
  seconds,
  token,
} from './diagnose-site.js';

afterEach(() => vi.useRealTimers());

/** A token whose signature is what `make` returns for header and payload. */
function signed(make: (input: string) => Buffer): string {
  const input = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(fineClaims())}`;
  return `${input}.${make(input).toString('base64url')}`;
}
const rs256 = (input: string) => signBytes('RSA-SHA256', Buffer.from(input), privateKey);
const pss =
  (saltLength: number, hash = 'sha256') =>
  (input: string) =>
    signBytes(hash, Buffer.from(input), {
      key: privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength,
    });
const first = async (text: string) => (await diagnose(text, { publicKey: pasted }))[0];

describe('a signature by the right key in the wrong form', () => {
  it.each<[string, number]>([
    ['no salt', 0],
    ['20 bytes', 20],
    ['32 bytes', 32],
    ['Node’s default, the longest', constants.RSA_PSS_SALTLEN_MAX_SIGN],
  ])('is named RSA-PSS: %s', async (_, salt) => {
    expect((await first(signed(pss(salt))))?.code).toBe('other-padding');
  });

  it('is named RSA-PSS with SHA-512', async () => {
    expect((await first(signed(pss(64, 'sha512'))))?.code).toBe('other-padding');
  });

  it.each<[string, (input: string) => Buffer, RegExp]>([
    ['UTF-8', (input) => Buffer.from(rs256(input).toString('latin1'), 'utf8'), /right one.*as UTF-8 text/],
    ['UTF-8 with losses', (input) => Buffer.from(rs256(input).toString('utf8'), 'utf8'), /lost some/],
    ['DER', (input) => Buffer.concat([Buffer.from('04820100', 'hex'), rs256(input)]), /right one.*DER/],
    ['hexadecimal', (input) => Buffer.from(rs256(input).toString('hex')), /right one.*hexadecimal/],
    ['base64 twice', (input) => Buffer.from(rs256(input).toString('base64')), /right one.*base64 twice/],
    ['reverse order', (input) => rs256(input).reverse(), /right one.*last byte first/],
  ])('is named: %s', async (_, make, words) => {
    const finding = await first(signed(make));
    expect(finding?.code).toBe('signature-encoded');
    expect(finding?.message).toMatch(words);
  });
});

describe('nbf', () => {
  it('has the tolerance of iat: .NET sets it to now, and Date has whole seconds', async () => {
    const codes = async (ahead: number) =>
      (await diagnose(token({ nbf: seconds() + ahead }))).map(({ code }) => code);
    expect(await codes(1)).not.toContain('not-yet-valid');
    expect(await codes(5)).not.toContain('clock-ahead');
    expect(await codes(30)).toContain('clock-ahead');
    expect(await codes(30)).not.toContain('not-yet-valid');
    expect(await codes(90)).toContain('not-yet-valid');
  });
});

describe('a token without sub', () => {
  it('says which claim has the GUID', async () => {
    const message = await messageOf('sub-elsewhere', token({ sub: undefined, nameid: contact }));
    expect(message).toContain('"nameid"');
    expect(message).not.toContain(contact);
  });
});

describe('a difference of issuers', () => {
  it('is marked below two lines', async () => {
    const lines = (
      await messageOf('issuer-differs', token({ iss: 'www.example.com' }), { issuer: 'www.exbmple.com' })
    ).split('\n');
    const column = lines[1]?.indexOf('a', lines[1].indexOf('ex')) ?? 0;
    expect(lines[2]?.indexOf('b')).toBe(column);
    expect(lines[3]?.indexOf('^')).toBe(column);
  });
});

describe('a token of whole hours', () => {
  it('lives 2 hours, even a second less', async () => {
    const iat = seconds();
    expect(await messageOf('valid-until', token({ iat, exp: iat + 7199 }))).toContain('lives 2 hours');
    expect(await messageOf('valid-until', token({ iat, exp: iat + 5400 }))).toContain('lives 90 minutes');
  });
});

describe('200 kB of text', () => {
  it.each([
    'A'.repeat(200_000),
    '-'.repeat(200_000),
    '\\'.repeat(200_000),
    ' '.repeat(200_000),
    '"'.repeat(200_000),
    'eyJ'.repeat(66_000),
    'BEGIN '.repeat(33_000),
    '-----BEGIN A-----\n'.repeat(11_000),
    '{"a":'.repeat(40_000),
    '<a>'.repeat(66_000),
    'eyJaaaaaaaa'.repeat(18_000),
    `eyJ${'}'.repeat(200_000)}x`,
    `${','.repeat(50_000)}x`,
    '[n] => [d] => '.repeat(14_000),
  ])('takes no longer than its length warrants (%#)', async (text) => {
    // Compared with a tenth of the text: the factor is 10 for linear time, 100 for quadratic.
    const time = (part: string) =>
      processorTime(async () => {
        await diagnose(part);
        await diagnose(token(), { publicKey: part });
        await diagnose(token(), { issuer: part });
      });
    await time(text.slice(0, 2000));
    const [small, large] = [await time(text.slice(0, text.length / 10)), await time(text)];
    expect(large).toBeLessThan(Math.max(small, 50) * 50);
  });

  it('takes no longer than its length warrants if it is line breaks in the place of a key', async () => {
    // Text of more than 20 kB is not searched, so quadratic time is short, too. The best of three runs counts.
    const time = async (count: number) => {
      const times: number[] = [];
      for (let run = 0; run < 3; run += 1)
        times.push(await processorTime(() => diagnose(token(), { publicKey: `x${'\n'.repeat(count)}x` })));
      return Math.min(...times);
    };
    const [small, large] = [await time(1900), await time(19_000)];
    expect(large).toBeLessThan(Math.max(small, 5) * 20);
  });
});
