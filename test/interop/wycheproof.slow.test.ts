import { createMinter, diagnose, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { exponentOne, wycheproofKey } from './wycheproof/keys.js';
import { type Group, type Row, signatureGroups } from './wycheproof/rows.js';

/**
 * How many rows each group has in Wycheproof's file, and how many of them are here with the very same signature. The
 * others have a random salt in the file, or no signature to compare.
 */
const coverage: Record<string, [inFile: number, identical: number]> = {
  rs256: [226, 214],
  'rs256, payloads': [5, 5],
  rs384: [4, 4],
  rs512: [4, 4],
  ps256: [48, 2],
  ps384: [5, 0],
  ps512: [20, 6],
  'rfc7520, RS256': [1, 1],
  'rfc7520, PS256': [1, 0],
  'rfc7520WithKeyOps, RS256': [1, 1],
  'rfc7520WithKeyOps, PS256': [1, 0],
  'rsa_encryption, use': [1, 1],
  'rsa_encryption, key_ops': [1, 1],
};

/** The faults of Wycheproof's payloads, which are not claims, and what is known of the keys in RFC 7520. */
const besides = ['part-not-json', 'key-published'];

/** Whether the signature is accepted: it fits, and no error concerns the key, the header or the form of the token. */
async function accepts(jws: string, publicKey: string, ignored: string[] = []): Promise<boolean> {
  const findings = await diagnose(jws, { publicKey });
  const fits = findings.some(({ code }) => /^signature-fits/.test(code));
  const errors = findings.filter(
    ({ level, code }) => level === 'error' && ![...besides, ...ignored].includes(code),
  );
  return fits && errors.length === 0;
}

const jwkOf = ({ key, members }: Group) => JSON.stringify({ ...wycheproofKey(key).public, ...members });
const isRs256 = ({ jws }: Row) => /^eyJhbGciOiJSUzI1NiI/.test(jws);

describe("Wycheproof's JSON Web Signatures with an RSA key", () => {
  describe.each(signatureGroups().map((group) => [group.name, group] as const))('%s', (name, group) => {
    it('are all here', () => {
      const [inFile, identical] = coverage[name] ?? [];
      const ids = group.rows.map(({ tcId }) => tcId);
      expect(ids).toHaveLength(inFile ?? 0);
      expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index));
      const same = group.rows.filter(({ jws, begins }) => begins && jws.split('.')[2]?.startsWith(begins));
      expect(same).toHaveLength(identical ?? 0);
      expect(group.rows.filter(({ begins }) => begins)).toHaveLength(identical ?? 0);
    });

    it('get the right verdict with the one line that Live Assist holds', async () => {
      const { line } = wycheproofKey(group.key);
      for (const row of group.rows) {
        // The line has no member that says "not for RS256". Apart from that, only RS256 is accepted.
        const isOnlyForOtherUse = isRs256(row) && [332, 353, 355].includes(row.tcId);
        const expected = isOnlyForOtherUse || (row.valid && isRs256(row));
        expect(await accepts(row.jws, line), `row ${row.tcId}`).toBe(expected);
      }
    });

    it('get the right verdict with the JWK', async () => {
      for (const row of group.rows) {
        // Live Assist does not read a JWK, which is the first finding. The signature is judged all the same.
        const accepted = await accepts(row.jws, jwkOf(group), ['key-is-jwk']);
        expect(accepted, `row ${row.tcId}`).toBe(row.valid && isRs256(row));
      }
    });
  });

  it('with PSS are refused under a header that says RS256, too', async () => {
    const { line } = wycheproofKey('RS256_2048');
    const rows = signatureGroups().find(({ name }) => name === 'ps256')?.rows ?? [];
    for (const { tcId, jws } of rows) {
      const relabelled = jws.replace(/^[^.]+/, Buffer.from('{"alg":"RS256"}').toString('base64url'));
      expect(await accepts(relabelled, line), `row ${tcId}`).toBe(false);
    }
  });
});

describe("Wycheproof's JSON Web Keys with an RSA key", () => {
  const foo = (signatureGroups()[0]?.rows ?? [])[0]?.jws ?? '';
  const set = (...keys: object[]) => JSON.stringify({ keys });
  const signing = { alg: 'RS256', use: 'sig' };
  const codes = async (jws: string, publicKey: string) =>
    (await diagnose(jws, { publicKey })).filter(({ level }) => level === 'error').map(({ code }) => code);
  const { sign } = wycheproofKey('kid-rsa-sign');

  it('5: accepts a set with one key for RS256', async () => {
    const publicKey = set({ ...wycheproofKey('kid-rsa-sign').public, ...signing });
    expect(await accepts(foo, publicKey, ['key-is-jwk'])).toBe(true);
  });

  it('6: refuses a key for encryption', async () => {
    const publicKey = set({ ...wycheproofKey('kid-rsa-sign').public, alg: 'RSA1_5', use: 'enc' });
    expect(await codes(foo, publicKey)).toContain('key-other-use');
    await expect(publicKeyValue(publicKey)).rejects.toMatchObject({ code: 'wrong-use' });
  });

  it('7: refuses a key with the ROCA fault, public or private', async () => {
    const { line, public: jwk, sign: roca } = wycheproofKey('kid-rsa-roca-sign');
    for (const publicKey of [line, set({ ...jwk, ...signing })])
      expect(await codes(foo, publicKey)).toContain('key-weak');
    await expect(publicKeyValue(line)).rejects.toMatchObject({ code: 'weak' });
    const privateKey = roca.export({ type: 'pkcs8', format: 'pem' }).toString();
    await expect(createMinter({ privateKey, issuer: 'a.example' })).rejects.toMatchObject({ code: 'weak' });
    const sound = sign.export({ type: 'pkcs8', format: 'pem' }).toString();
    await expect(createMinter({ privateKey: sound, issuer: 'a.example' })).resolves.toBeTypeOf('function');
  });

  it('8: refuses a key of 1024 bits', async () => {
    const { line } = wycheproofKey('RS256_1024');
    expect(await codes(foo, line)).toContain('key-too-small');
    await expect(publicKeyValue(line)).rejects.toMatchObject({ code: 'too-short' });
  });

  it('9: refuses the public exponent 1, with which every message is its own signature', async () => {
    const { line, public: jwk } = exponentOne();
    const input = `${Buffer.from('{"alg":"RS256","kid":"RS256_2048"}').toString('base64url')}.`;
    const digest = 'tkULk4csWawtYRd-N9JMEEVLaSpytq_YYZD9pkHvM7I';
    const signature = Buffer.concat([
      Buffer.of(0, 1),
      Buffer.alloc(202, 0xff),
      Buffer.from('003031300d060960864801650304020105000420', 'hex'),
      Buffer.from(digest, 'base64url'),
    ]).toString('base64url');
    for (const publicKey of [line, set({ ...jwk, ...signing })])
      expect(await accepts(`${input}.${signature}`, publicKey, ['key-is-jwk'])).toBe(false);
    await expect(publicKeyValue(line)).rejects.toMatchObject({ code: 'weak' });
  });

  it('24: refuses an elliptic curve labelled RSA', async () => {
    const publicKey = set({
      ...{ alg: 'ES256', use: 'sig', kty: 'RSA', crv: 'P-256' },
      ...{
        x: '04N0xi21hshyvBp7I167sbE_bXqyqkAPfefdklMO7wY',
        y: 'UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgmw',
      },
    });
    expect(await codes(foo, publicKey)).not.toEqual([]);
    await expect(publicKeyValue(publicKey)).rejects.toThrow();
  });
});
