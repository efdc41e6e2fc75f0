import { constants, createSign, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { decodeJwt, decodeProtectedHeader, importSPKI, jwtVerify } from 'jose';
import { type Contact, createMinter, type MinterOptions } from 'live-assist-bridge/server';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { privateKeys, publicKeys } from '../key/key-formats.js';

const privateKey = privateKeys.pkcs8;
const issuer = 'www.site.example';
const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const ada: Contact = { id: guid, givenName: 'Ada', familyName: 'Lovelace' };

const minted = async (contact: Contact, options: Partial<MinterOptions> = {}) => {
  const mint = await createMinter({ privateKey, issuer, ...options } as MinterOptions);
  return mint(contact);
};

afterEach(() => {
  vi.useRealTimers();
});

describe('a minted token', () => {
  it('was issued one second ago, and has the requested lifetime from then on', async () => {
    vi.useFakeTimers({ now: 1_700_000_000_999, toFake: ['Date'] });
    const { iat, exp } = decodeJwt(await minted(ada, { lifetime: 300 }));
    vi.useRealTimers();
    expect([iat, exp]).toEqual([1_699_999_999, 1_700_000_299]);
  });

  it('has the claims of the specification, and no others', async () => {
    vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05.678Z'), toFake: ['Date'] });
    const token = await minted(ada);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'JWT' });
    expect(decodeJwt(token)).toEqual({
      sub: guid,
      given_name: 'Ada',
      family_name: 'Lovelace',
      iss: issuer,
      iat: Date.UTC(2026, 0, 2, 3, 4, 4) / 1000,
      exp: Date.UTC(2026, 0, 2, 5, 4, 4) / 1000,
    });
  });

  it('is verified by the public key', async () => {
    const key = await importSPKI(publicKeys.spki, 'RS256');
    await expect(jwtVerify(await minted(ada), key, { issuer, algorithms: ['RS256'] })).resolves.toBeDefined();
  });

  it('carries names of any script', async () => {
    const given = 'Zoë 李 🙂';
    expect(decodeJwt(await minted({ id: guid, givenName: given, familyName: 'Øst"\\\u2028' }))).toMatchObject(
      {
        given_name: given,
        family_name: 'Øst"\\\u2028',
      },
    );
  });

  it('carries any name', async () => {
    const mint = await createMinter({ sign: () => new Uint8Array(256), issuer });
    const name = fc.string({ unit: 'binary', minLength: 1 });
    await fc.assert(
      fc.asyncProperty(name, name, async (givenName, familyName) => {
        const { given_name, family_name } = decodeJwt(await mint({ id: guid, givenName, familyName }));
        expect([given_name, family_name]).toEqual([givenName, familyName]);
      }),
    );
  });

  it.each([
    ['Ada \ud83d', 'Ada \ufffd'],
    ['\udc4bAda', '\ufffdAda'],
    ['Ada 👋', 'Ada 👋'],
  ])('carries no half of a character: %j', async (name, carried) => {
    const token = await minted({ id: guid, givenName: name, familyName: name });
    expect(decodeJwt(token)).toMatchObject({ given_name: carried, family_name: carried });
  });

  it.each([undefined, null, ''])('leaves out a name that is %j', async (name) => {
    const claims = decodeJwt(await minted({ id: guid, givenName: name, familyName: name }));
    expect(Object.keys(claims)).toEqual(['sub', 'iss', 'iat', 'exp']);
  });

  it('has the requested lifetime', async () => {
    const { iat = 0, exp = 0 } = decodeJwt(await minted(ada, { lifetime: 300 }));
    expect(exp - iat).toBe(300);
  });

  it('reads the clock for every token', async () => {
    vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ['Date'] });
    const mint = await createMinter({ privateKey, issuer });
    const first = decodeJwt(await mint(ada));
    vi.setSystemTime(1_700_000_061_999);
    const second = decodeJwt(await mint(ada));
    expect([first.iat, second.iat]).toEqual([1_699_999_999, 1_700_000_060]);
  });

  it.each(['www.site.example', 'https://www.site.example/', 'HTTPS://WWW.Site.Example', 'Straße.example'])(
    'has the issuer %s untouched',
    async (given) => {
      expect(decodeJwt(await minted(ada, { issuer: given })).iss).toBe(given);
    },
  );

  it('carries further claims for the agent', async () => {
    const claims = { email: 'ada@site.example', lp_sdes: [{ type: 'ctmrinfo', info: { cstatus: 'gold' } }] };
    expect(decodeJwt(await minted({ ...ada, claims }))).toMatchObject(claims);
  });

  it.each([
    ['Ada', { id: guid, claims: undefined }],
    ['nothing', { id: guid, claims: null as unknown as undefined }],
  ])('has no further claims when there are none (%s)', async (_, contact) => {
    expect(Object.keys(decodeJwt(await minted(contact)))).toEqual(['sub', 'iss', 'iat', 'exp']);
  });
});

describe('the contact of a token', () => {
  it.each([
    guid,
    guid.toUpperCase(),
    `{${guid}}`,
    `{${guid.toUpperCase()}}`,
    '3F2504e0-4f89-41D3-9a0c-0305E82c3301',
  ])('may be written %s', async (id) => {
    expect(decodeJwt(await minted({ id })).sub).toBe(guid);
  });

  it.each([
    [undefined, 'missing'],
    [null, 'missing'],
    ['', 'missing'],
    [42, 'type number'],
    ['ada@site.example', 'e-mail'],
    ['00000000-0000-0000-0000-000000000000', 'zeros'],
    ['{00000000-0000-0000-0000-000000000000}', 'zeros'],
    ['0-and-more', 'not a GUID'],
    [guid.replaceAll('-', ''), 'dashes'],
    [`${guid.replaceAll('-', '')}0`, 'not a GUID'],
    [`x${guid.replaceAll('-', '')}`, 'not a GUID'],
    [`{${guid}`, 'not a GUID'],
    [`${guid}}`, 'not a GUID'],
    [`{{${guid}}}`, 'not a GUID'],
    [`(${guid})`, 'not a GUID'],
    [` ${guid}`, 'not a GUID'],
    [`${guid}\n`, 'not a GUID'],
    [guid.slice(1), 'not a GUID'],
    [`${guid}0`, 'not a GUID'],
    [guid.replace('3', 'g'), 'not a GUID'],
    ['1001', 'not a GUID'],
  ])('is not %j', async (id, reason) => {
    const refused = minted({ id: id as string });
    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.toThrow(reason);
  });

  it('is not quoted when it is refused', async () => {
    await expect(minted({ id: 'ada@site.example' })).rejects.not.toThrow('ada@site.example');
  });

  it.each([undefined, null, guid])('cannot be %j in place of an object', async (contact) => {
    await expect(minted(contact as unknown as Contact)).rejects.toThrow('no contact');
  });

  it('cannot have a name that is not text', async () => {
    await expect(minted({ id: guid, givenName: 7 as unknown as string })).rejects.toThrow('given_name');
    await expect(minted({ id: guid, familyName: {} as unknown as string })).rejects.toThrow('family_name');
  });

  it.each(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'given_name', 'family_name'])(
    'has no further claim "%s"',
    async (claim) => {
      await expect(minted({ ...ada, claims: { [claim]: 'x' } })).rejects.toThrow(`"${claim}" is reserved`);
      await expect(minted({ ...ada, claims: { [claim]: undefined } })).rejects.toThrow(TypeError);
    },
  );

  it('signs the claims that it has checked, even if they change in between', async () => {
    let reads = 0;
    const claims = new Proxy(
      {},
      {
        ownKeys: () => [reads++ === 0 ? 'email' : 'sub'],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 'x' }),
        get: () => 'x',
      },
    );
    expect(decodeJwt(await minted({ ...ada, claims }))).toMatchObject({ sub: ada.id, email: 'x' });
  });

  it('refuses in one line what JSON cannot hold', async () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    for (const extra of [cycle, { value: 1n }])
      await expect(minted({ ...ada, claims: { extra } })).rejects.toThrow(
        /^The contact's claims cannot be written as JSON\..*$/,
      );
  });

  it('passes on what a value of the site throws while it is written as JSON', async () => {
    const session = {
      toJSON() {
        throw new RangeError('The session has ended.');
      },
    };
    await expect(minted({ ...ada, claims: { session } })).rejects.toThrow('The session has ended.');
  });

  it.each([
    ['toJSON', 'function', () => ({ sub: 'another' })],
    ['number', 'bigint', 1n],
    ['mark', 'symbol', Symbol('mark')],
  ])('refuses the claim %s, because JSON cannot hold a %s', async (claim, type, value) => {
    await expect(minted({ ...ada, claims: { [claim]: value } })).rejects.toThrow(
      `The claim "${claim}" is a ${type}, `,
    );
  });

  it('keeps a claim named __proto__ a claim', async () => {
    const claims = JSON.parse('{"__proto__": {"sub": "another"}}');
    expect(decodeJwt(await minted({ ...ada, claims })).sub).toBe(guid);
  });

  it.each([['email'], 'email', 7])('accepts further claims only as an object, not as %j', async (claims) => {
    await expect(minted({ ...ada, claims: claims as unknown as Record<string, unknown> })).rejects.toThrow(
      'not an object',
    );
  });
});

describe('createMinter', () => {
  it.each([0, -7200, 7199.5, Number.NaN, Number.POSITIVE_INFINITY, '7200', null])(
    'refuses a lifetime of %j',
    async (lifetime) => {
      await expect(minted(ada, { lifetime: lifetime as number })).rejects.toThrow('whole number of seconds');
    },
  );

  it('refuses an allowShortLifetime that is neither true nor false', async () => {
    const options = { allowShortLifetime: 'no' as unknown as boolean };
    await expect(minted(ada, options)).rejects.toThrow('allowShortLifetime is neither true nor false');
  });

  it.each([1, 7, 59])('refuses a lifetime of %d seconds without allowShortLifetime', async (lifetime) => {
    await expect(minted(ada, { lifetime })).rejects.toThrow('allowShortLifetime');
    const { iat = 0, exp = 0 } = decodeJwt(await minted(ada, { lifetime, allowShortLifetime: true }));
    expect(exp - iat).toBe(lifetime);
  });

  it.each([60, 7200, 86_400])('accepts a lifetime of %d seconds', async (lifetime) => {
    await expect(minted(ada, { lifetime })).resolves.toBeTypeOf('string');
  });

  it('says that a lifetime of more than a day is too long', async () => {
    await expect(minted(ada, { lifetime: 86_401 })).rejects.toThrow('86401 is too long');
  });

  it.each([300_000, 7_200_000])('says that a lifetime of %d looks like milliseconds', async (lifetime) => {
    await expect(minted(ada, { lifetime })).rejects.toThrow('looks like milliseconds');
    await expect(minted(ada, { lifetime, allowShortLifetime: true })).rejects.toThrow(TypeError);
  });

  it.each([
    undefined,
    null,
    '',
    7,
    ' ',
    'www.site.example\n',
    'www site.example',
    '\u00a0x',
    'x\0',
    'x\u200b',
  ])('refuses the issuer %j', async (wrong) => {
    await expect(minted(ada, { issuer: wrong as string })).rejects.toThrow(/issuer .*exactly/);
  });

  it('refuses an unknown option, and names the known ones', async () => {
    const options = { privateKey, issuer, expiresIn: 300 };
    await expect(createMinter(options)).rejects.toThrow(/"expiresIn".*lifetime/);
  });

  it('refuses to work without options', async () => {
    await expect(createMinter(undefined as unknown as MinterOptions)).rejects.toThrow(/issuer/);
  });

  it('requires exactly one of key and function, also by its type', async () => {
    const sign = () => new Uint8Array(256);
    // @ts-expect-error neither privateKey nor sign
    await expect(createMinter({ issuer })).rejects.toMatchObject({ code: 'missing' });
    // @ts-expect-error both privateKey and sign
    await expect(createMinter({ issuer, privateKey, sign })).rejects.toThrow('Leave one out');
    expectTypeOf({ issuer, sign }).toExtend<MinterOptions>();
  });
});

describe('a key that never leaves its vault', () => {
  const vault = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sign = (bytes: Uint8Array) =>
    createSign('sha256').update(bytes).sign({ key: vault.privateKey, padding: constants.RSA_PKCS1_PADDING });

  it.each([
    ['bytes', sign],
    ['a promise of bytes', async (bytes: Uint8Array) => sign(bytes)],
    ['an ArrayBuffer', (bytes: Uint8Array) => Uint8Array.from(sign(bytes)).buffer],
    [
      'a part of a larger buffer',
      (bytes: Uint8Array) => Buffer.concat([Buffer.alloc(9), sign(bytes)]).subarray(9),
    ],
  ])('signs with a function that answers %s', async (_, given) => {
    const mint = await createMinter({ sign: given, issuer });
    await expect(jwtVerify(await mint(ada), vault.publicKey, { issuer })).resolves.toBeDefined();
  });

  it('is called once for each token, and not before', async () => {
    const asked = vi.fn(sign);
    const mint = await createMinter({ sign: asked, issuer });
    expect(asked).toHaveBeenCalledTimes(0);
    await mint(ada);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('passes on why it could not sign', async () => {
    const mint = await createMinter({ sign: () => Promise.reject(new Error('vault sealed')), issuer });
    await expect(mint(ada)).rejects.toThrow('vault sealed');
  });

  it.each([
    ['text', 'c2ln', 'did not return bytes'],
    ['nothing', undefined, 'did not return bytes'],
    ['null', null, 'did not return bytes'],
    ['a signature of 1024 bits', new Uint8Array(128), '128 bytes'],
    ['no bytes', new Uint8Array(), '0 bytes'],
    ['an answer with bytes in it', { result: new Uint8Array(256) }, 'in the field that'],
    ['what only has the length', { length: 256 }, 'in the field that'],
    ['a list of numbers', Array(256).fill(1), 'in the field that'],
  ])('refuses %s as a signature', async (_, signature, reason) => {
    const mint = await createMinter({ sign: () => signature as Uint8Array, issuer });
    await expect(mint(ada)).rejects.toThrow(reason);
  });

  it('is refused at once if it is not a function', async () => {
    const options = { sign: 'RS256', issuer } as unknown as MinterOptions;
    await expect(createMinter(options)).rejects.toThrow('sign is not a function');
  });
});
