import { execFileSync, spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMinter, diagnose } from 'live-assist-bridge/server';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  faults,
  issuer,
  messageOf,
  oneLine,
  pasted,
  privateKey,
  privatePem,
  publicPem,
  publicPkcs1,
  token,
} from './diagnose-site.js';
import { publicKeys } from './public-keys.js';

const judge = (publicKey: string) => faults(token(), { publicKey, issuer });
const codes = async (publicKey: string) =>
  (await diagnose(token(), { publicKey, issuer })).map(({ code }) => code);
const without = (position: number, count = 1) =>
  pasted.slice(0, position - 1) + pasted.slice(position - 1 + count);
const pem = (bits: number) =>
  String(
    generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ type: 'spki', format: 'pem' }),
  );

describe('diagnose, given a key with something left in', () => {
  it.each<[string, string, string[]]>([
    ['the whole file', publicPem, ['key-header', 'key-line-breaks']],
    ['the whole file with CRLF', publicPem.replace(/\n/g, '\r\n'), ['key-header', 'key-line-breaks']],
    ['the BEGIN line', `-----BEGIN PUBLIC KEY-----${pasted}`, ['key-header']],
    ['the END line', `${pasted}-----END PUBLIC KEY-----`, ['key-header']],
    ['hyphens', `-----${pasted}`, ['key-header']],
    ['dashes of a word processor', `——BEGIN PUBLIC KEY——${pasted}`, ['key-header']],
    ['half a BEGIN line', `KEY-----${pasted}`, ['key-header']],
    ['a line break', pasted.replace('MIIB', 'MIIB\n'), ['key-line-breaks']],
    ['a line break at the end', `${pasted}\n`, ['key-line-breaks']],
    ['line breaks as \\n', publicPem.replace(/\n/g, '\\n'), ['key-escaped-breaks', 'key-header']],
    ['line breaks as \\r\\n', pasted.replace(/(.{64})/g, '$1\\r\\n'), ['key-escaped-breaks']],
    ['blanks for line breaks', pasted.replace(/(.{64})/g, '$1 '), ['key-blanks']],
    ['a blank at the end', `${pasted} `, ['key-blanks']],
    ['a no-break space', pasted.replace('MIIB', 'MIIB\u00a0'), ['key-blanks']],
    ['quotation marks', `"${pasted}"`, ['key-quotes']],
    ['curly quotation marks and a comma', `“${pasted}”,`, ['key-quotes']],
    ['a byte order mark', `\ufeff${pasted}`, ['key-invisible']],
    ['a zero-width blank', pasted.replace('MIIB', 'MIIB\u200b'), ['key-invisible']],
    [
      'an equals sign before it',
      `=-----BEGIN PUBLIC KEY-----${pasted}`,
      ['key-header', 'key-foreign-character'],
    ],
    ['a character of private use', pasted.replace('MIIB', 'MIIB\ue000'), ['key-invisible']],
    ['a byte order mark before a quotation mark', `\ufeff"${pasted}"`, ['key-invisible', 'key-quotes']],
    ['an ellipsis', pasted.replace('MIIB', 'MIIB…'), ['key-foreign-character']],
    ['a padding that is none', `${pasted}=`, ['key-padding']],
  ])('recognises %s, and that the key itself fits', async (_, publicKey, expected) => {
    expect((await judge(publicKey)).toSorted()).toEqual(expected.toSorted());
    expect(await codes(publicKey)).toContain('signature-fits-repaired-key');
    expect(await codes(publicKey)).not.toContain('signature-fits');
  });

  it('counts the line breaks and says where the first is', async () => {
    const message = await messageOf('key-line-breaks', token(), {
      publicKey: pasted.replace(/(.{64})/g, '$1\n'),
    });
    expect(message).toMatch(/^6 line breaks are .* the first at character 65\./);
  });

  it('reads base64url, and says so', async () => {
    const urlSafe = pasted.replaceAll('+', '-').replaceAll('/', '_');
    expect(urlSafe).toMatch(/[-_]/);
    expect(await judge(urlSafe)).toEqual(['key-base64url']);
    expect(await codes(urlSafe)).toContain('signature-fits-repaired-key');
  });

  it('also says of a key in the wrong form whether it is the right key', async () => {
    const other = await codes(pem(2048));
    expect(other).toContain('key-header');
    expect(other).toContain('other-pair');
  });
});

describe('diagnose, given a key that lost characters', () => {
  it.each([1, 2, 5, 12, 13, 20, 33, 44, 45, 100, 200, 300, 386, 387, 388, 391, 392])(
    'misses one at character %i',
    async (position) => {
      expect(await judge(without(position))).toEqual(['key-characters-missing']);
    },
  );

  it('says how many are missing, and of how many', async () => {
    expect(await messageOf('key-characters-missing', token(), { publicKey: without(200, 3) })).toMatch(
      /^3 characters .* 2048 bit key 392 are expected, 389 are here/,
    );
  });

  it.each([
    [17, /near character 17/],
    [44, /near character 4[4-5]/],
    [200, /somewhere between character 44 and the last 6/],
    [391, /at the end/],
  ])('tells where, as far as the structure of keys shows it (%i)', async (position, words) => {
    expect(await messageOf('key-characters-missing', token(), { publicKey: without(position) })).toMatch(
      words,
    );
  });

  it('recognises a lost line and a field that cuts', async () => {
    const line = { publicKey: without(129, 64) };
    expect(await messageOf('key-characters-missing', token(), line)).toContain('a line of a PEM file');
    const cut = { publicKey: pasted.slice(0, 255) };
    expect(await messageOf('key-characters-missing', token(), cut)).toMatch(/^137 characters .* at the end/);
  });

  it.each([3072, 4096] as const)('knows a key of %i bits too', async (bits) => {
    const line = publicKeys[bits];
    const options = { publicKey: line.slice(0, 300) + line.slice(301) };
    expect(await messageOf('key-characters-missing', token(), options)).toContain(`${bits} bit key`);
  });

  it('names both what was left in and what was lost', async () => {
    expect(
      await judge(publicPem.replace(/(.{10})./, '$1').replace(pasted.slice(80, 82), pasted[80] ?? '')),
    ).toEqual(expect.arrayContaining(['key-header', 'key-line-breaks', 'key-characters-missing']));
  });

  it('notices that the padding was lost', async () => {
    expect(await faults(token(), { publicKey: publicKeys[4096].replace(/=+$/, '') })).toContain(
      'key-padding',
    );
  });
});

describe('diagnose, given a key with characters too many or changed', () => {
  it.each([1, 30, 200, 392])('finds one added after character %i', async (position) => {
    const added = `${pasted.slice(0, position)}A${pasted.slice(position)}`;
    expect(await judge(added)).toEqual(['key-characters-extra']);
  });

  it('recognises a key pasted twice', async () => {
    expect(await messageOf('key-characters-extra', token(), { publicKey: pasted + pasted })).toContain(
      'twice',
    );
  });

  it.each([3, 20, 40])('finds one changed at character %i, where all keys are equal', async (position) => {
    const other = pasted[position] === 'x' ? 'y' : 'x';
    expect(await judge(pasted.slice(0, position) + other + pasted.slice(position + 1))).toEqual([
      'key-damaged',
    ]);
  });

  it('distinguishes most changes in the modulus from the key of another pair', async () => {
    const found = { 'key-damaged': 0, 'other-pair': 0 };
    for (let position = 60; position < 360; position += 5) {
      const other = pasted[position] === 'x' ? 'y' : 'x';
      const [code] = await judge(pasted.slice(0, position) + other + pasted.slice(position + 1));
      if (code === 'key-damaged' || code === 'other-pair') found[code]++;
    }
    expect(found['key-damaged'] + found['other-pair']).toBe(60);
    expect(found['key-damaged']).toBeGreaterThan(40);
  });
});

describe('diagnose, given something else than a public key', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const exported = (key: typeof ec.publicKey, type: 'spki' | 'pkcs8' | 'sec1') =>
    String(key.export({ type, format: 'pem' }));
  const pkcs1Private = String(privateKey.export({ type: 'pkcs1', format: 'pem' }));
  const encrypted = String(
    privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
  );
  it.each<[string, string, string]>([
    ['an empty text', '', 'key-empty'],
    ['blanks', ' \n', 'key-empty'],
    ['PKCS#1', publicPkcs1, 'key-pkcs1'],
    ['PKCS#1 on one line', oneLine(publicPkcs1), 'key-pkcs1'],
    ['a private key', privatePem, 'private-key'],
    ['a private key on one line', oneLine(privatePem), 'private-key'],
    ['a private key cut short', oneLine(privatePem).slice(0, 300), 'private-key'],
    ['a private key in PKCS#1', pkcs1Private, 'private-key'],
    ['a private key in PKCS#1 on one line', oneLine(pkcs1Private), 'private-key'],
    ['an encrypted private key', encrypted, 'private-key'],
    ['an encrypted private key on one line', oneLine(encrypted), 'private-key'],
    ['a private key in base64 once more', Buffer.from(privatePem).toString('base64'), 'private-key'],
    ['a private key for elliptic curves', exported(ec.privateKey, 'pkcs8'), 'private-key'],
    ['an older private key for elliptic curves', oneLine(exported(ec.privateKey, 'sec1')), 'private-key'],
    ['a private JWK', JSON.stringify(privateKey.export({ format: 'jwk' })), 'private-key'],
    ['a public JWK', JSON.stringify(createPublicKey(publicPem).export({ format: 'jwk' })), 'key-is-jwk'],
    ['a file in base64 once more', Buffer.from(publicPem).toString('base64'), 'key-encoded-twice'],
    ['a key for elliptic curves', oneLine(exported(ec.publicKey, 'spki')), 'key-not-rsa'],
    ['Ed25519', oneLine(exported(generateKeyPairSync('ed25519').publicKey, 'spki')), 'key-not-rsa'],
    ['an SSH key', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ== me@host', 'key-is-ssh'],
    ['a token', token(), 'key-is-token'],
    ['an address', 'https://www.example.com/.well-known/jwks.json', 'key-is-address'],
    ['a thumbprint', 'AB:'.repeat(19).concat('AB'), 'key-is-fingerprint'],
    ['a password', 'correct horse', 'key-unreadable'],
    ['base64 of something', Buffer.from('something else, long enough').toString('base64'), 'key-unreadable'],
  ])('recognises %s', async (_, publicKey, code) => {
    expect((await codes(publicKey))[0] && (await judge(publicKey))).toContain(code);
    expect(await codes(publicKey)).not.toContain('signature-fits');
  });

  describe('a set of JWKs, as identity servers publish it', () => {
    const own = createPublicKey(publicPem).export({ format: 'jwk' });
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
    const set = (...keys: object[]) => JSON.stringify({ keys });

    it('is compared by its key for signatures, wherever it stands', async () => {
      const found = await codes(
        set({ ...other, use: 'enc', alg: 'RSA-OAEP' }, { ...own, use: 'sig', alg: 'RS256' }),
      );
      expect(found[0]).toBe('key-is-jwk');
      expect(found).toContain('signature-fits-repaired-key');
    });

    it.each([{ alg: '' }, { use: '' }, { use: 'SIG' }, { alg: 'rs256' }, { alg: 'RSA' }, { key_ops: [] }])(
      'may describe its key as %j',
      async (purpose) => {
        expect(await codes(set({ ...own, ...purpose }))).toContain('signature-fits-repaired-key');
      },
    );

    it('is refused if none of its keys is for RS256', async () => {
      for (const purpose of [
        { use: 'enc' },
        { alg: 'PS256' },
        { key_ops: ['encrypt'] },
        { keyOps: ['wrapKey'] },
      ])
        expect(await judge(set({ ...own, ...purpose }))).toEqual(['key-other-use']);
      expect(await messageOf('key-other-use', token(), { publicKey: set({ ...own, use: 'enc' }) })).toContain(
        '"use": "enc"',
      );
    });

    it('is refused if several of its keys may be meant', async () => {
      expect(await judge(set(own, other))).toEqual(['key-several']);
    });
  });

  it('reads the exponent of a key that old PuTTYs print', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 37 });
    const { n = '' } = publicKey.export({ format: 'jwk' });
    const modulus = Buffer.from(n, 'base64url').toString('hex');
    const mint = await createMinter({
      privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      issuer,
    });
    const found = await diagnose(await mint({ id: '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01' }), {
      publicKey: `public_modulus=0x${modulus}\npublic_exponent=0x25\n`,
      issuer,
    });
    expect(found.map(({ code }) => code)).toContain('signature-fits-repaired-key');
  });

  it('says that a private key is leaked', async () => {
    expect(await messageOf('private-key', token(), { publicKey: privatePem })).toMatch(/leaked.*new pair/i);
  });

  it('says of PKCS#1 whether it is the right key', async () => {
    expect(await codes(publicPkcs1)).toContain('signature-fits-repaired-key');
  });

  it('names a key below 2048 bits', async () => {
    expect(await judge(oneLine(pem(1024)))).toEqual(['key-too-small', 'signature-length']);
  });

  describe.skipIf(spawnSync('openssl', ['version']).error)('a certificate (by openssl)', () => {
    let [certificate, request] = ['', ''];
    beforeAll(() => {
      const file = join(mkdtempSync(join(tmpdir(), 'certificate-')), 'key.pem');
      writeFileSync(file, privatePem);
      const make = (...more: string[]) =>
        execFileSync('openssl', ['req', '-new', '-key', file, '-subj', '/CN=example', ...more], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
      [certificate, request] = [make('-x509', '-days', '1'), make()];
      rmSync(file);
    });

    it('is recognised, and its key compared', async () => {
      for (const text of [certificate, oneLine(certificate)]) {
        expect(await judge(text)).toEqual(['key-certificate']);
        expect(await codes(text)).toContain('signature-fits-repaired-key');
        expect(await messageOf('key-certificate', token(), { publicKey: text })).toContain('openssl x509');
      }
    });

    it('is distinguished from a certificate request', async () => {
      expect(await messageOf('key-certificate', token(), { publicKey: request })).toContain('openssl req');
      expect(await codes(request)).toContain('signature-fits-repaired-key');
    });
  });
});
