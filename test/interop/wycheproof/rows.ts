/**
 * The rows of Wycheproof's JSON Web Signature and JSON Web Key vectors that have an RSA key.
 *
 * The rows are computed from Wycheproof's private keys. A signature with PKCS #1 v1.5 has only one possible value, so the
 * first characters of Wycheproof's own prove that the row is the same. PSS has random salts: those rows make the same
 * mistake with another salt.
 *
 * Source: https://github.com/C2SP/wycheproof, testvectors_v1/json_web_signature_test.json (commit
 * 073df56bfc1f2719eecad1e32391b8a80b43338a) and json_web_key_test.json (commit 8565f3170646c4044f002f3298310a2a1cd2ec15).
 * Licence: Apache-2.0.
 *
 * @module
 */
import { constants, createHash, privateEncrypt, sign } from 'node:crypto';
import { type KeyName, wycheproofKey } from './keys.js';
import { paddingRows } from './padding-rows.js';
import { encodePss, type PssSteps, pssMutations } from './pss.js';

export interface Row {
  tcId: number;
  jws: string;
  /** The verdict in Wycheproof's file. */
  valid: boolean;
  /** The first eight characters of the signature in Wycheproof's file, unless its salt is random. */
  begins?: string | undefined;
}

export interface Group {
  name: string;
  key: KeyName;
  /** The members of the JWK beside kty, n and e. */
  members: Record<string, unknown>;
  rows: Row[];
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const zeros = 'A'.repeat(27);
const rising = '4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8';
const payload = 'MTIzNDAw';

/** The raw private operation on an encoded message. */
const raw = (key: KeyName, message: Buffer) =>
  privateEncrypt({ key: wycheproofKey(key).sign, padding: constants.RSA_NO_PADDING }, message);
const withSignature = (input: string, signature: Buffer) => `${input}.${signature.toString('base64url')}`;
const pkcs1 = (key: KeyName, input: string, bits = 256) =>
  withSignature(input, sign(`sha${bits}`, Buffer.from(input), wycheproofKey(key).sign));
const pss = (key: KeyName, input: string, steps?: PssSteps) =>
  withSignature(input, raw(key, encodePss(input, steps)));

function payloads(
  first: number,
  list: string[],
  make: (payload: string) => string,
  begins: string[] = [],
): Row[] {
  return list.map((text, index) => ({
    ...{ tcId: first + index, jws: make(text), valid: true },
    begins: begins[index],
  }));
}

function rs256(): Row[] {
  const key = 'kid-rsa-sign';
  const [header, other] = [key, 'Xid-rsa-sign'].map((kid) => encoded({ alg: 'RS256', kid }));
  const input = `${header}.Zm9v`;
  const jws = pkcs1(key, input);
  const [, , signature = ''] = jws.split('.');
  const changed = `X${signature.slice(1)}`;
  const refused = [
    ...[`${input}.${changed}`, `${input}.`, input, `${header}.WG9v.${signature}`, `${header}..${signature}`],
    ...[`${header}.${signature}`, `${other}.Zm9v.${signature}`, `.Zm9v.${signature}`, `Zm9v.${signature}`],
    ...['.Zm9v.', 'Zm9v', ''],
  ];
  return [
    { tcId: 33, jws, valid: true, begins: 'HUwxI1-c' },
    ...refused.map((text, index) => ({ tcId: 34 + index, jws: text, valid: false })),
    ...paddingRows(createHash('sha256').update(input).digest()).map(({ tcId, begins, digestInfo }) => {
      const padding = Buffer.alloc(256 - 3 - digestInfo.length, 0xff);
      const message = Buffer.concat([Buffer.of(0, 1), padding, Buffer.of(0), digestInfo]);
      return { tcId, jws: withSignature(input, raw(key, message)), valid: false, begins };
    }),
  ];
}

function ps256(): Row[] {
  const key = 'RS256_2048';
  const header = encoded({ alg: 'PS256', kid: 'PS256_2048' });
  const input = `${header}.${payload}`;
  const modulus = Buffer.from(wycheproofKey(key).public.n, 'base64url');
  const below = Buffer.from(modulus);
  below[255] = (below[255] ?? 0) - 1;
  const right = raw(key, encodePss(input));
  const notReduced = BigInt(`0x${right.toString('hex')}`) + BigInt(`0x${modulus.toString('hex')}`);
  const values = [
    ...[Buffer.alloc(256), Buffer.concat([Buffer.alloc(255), Buffer.of(1)]), below, modulus],
    Buffer.from(notReduced.toString(16).padStart(514, '0'), 'hex'),
    ...[
      Buffer.concat([Buffer.alloc(2), right]),
      Buffer.concat([right, Buffer.alloc(2)]),
      right.subarray(0, 254),
    ],
  ];
  const wrong = [
    ...pssMutations.map(([, steps]) => pss(key, input, steps)),
    ...values.map((value) => withSignature(input, value)),
  ];
  return [
    ...payloads(272, ['', zeros, 'YQ', rising], (text) => pss(key, `${header}.${text}`)),
    ...wrong.slice(0, 11).map((jws, index) => ({ tcId: 276 + index, jws, valid: false })),
    { tcId: 287, jws: pss(key, input, { salt: Buffer.alloc(32) }), valid: true, begins: 'dUcf9Wkb' },
    { tcId: 288, jws: pss(key, input, { salt: Buffer.alloc(32, 0xff) }), valid: true, begins: 'F6MDN2Ss' },
    ...wrong.slice(11).map((jws, index) => ({ tcId: 289 + index, jws, valid: false })),
  ];
}

function ps384(): Row[] {
  const header = encoded({ alg: 'PS384', kid: 'PS384_2048' });
  const make = (text: string, steps: PssSteps = {}) =>
    pss('RS384_2048', `${header}.${text}`, { hash: 'sha384', ...steps });
  const [, modified] = pssMutations[0] ?? [];
  return [
    ...payloads(320, ['', zeros, 'YQ', rising], (text) => make(text)),
    { tcId: 324, jws: make(payload, modified), valid: false },
  ];
}

function ps512(): Row[] {
  const key = 'RS512_2048';
  const input = (alg: string, text = payload) => `${encoded({ alg, kid: 'PS512_2048' })}.${text}`;
  const make = (alg: string, bits: number, text?: string, steps?: PssSteps) =>
    pss(key, input(alg, text), { hash: `sha${bits}`, ...steps });
  const headers = [
    { alg: 'none' },
    { alg: 'NONE' },
    { alg: 'none', kid: 'none' },
    { alg: 'none', kid: 'PS512_2048' },
  ];
  const jws = [
    ...[pssMutations[0], pssMutations[4]].map((mutation) => make('PS512', 512, payload, mutation?.[1])),
    ...[256, 384, 512].flatMap((bits) => [
      pkcs1(key, input('PS512'), bits),
      pkcs1(key, input(`RS${bits}`), bits),
    ]),
    ...[256, 384].flatMap((bits) => [make('PS512', bits), make(`PS${bits}`, bits)]),
    ...headers.map((header) => `${encoded(header)}.${payload}.`),
  ];
  const begins = ['', '', ...'nDvxwiTu CYgbattO Th4kpS04 MiMy4bJu C96gPMQf PpweOn-F'.split(' ')];
  return [
    ...payloads(325, ['', zeros, 'YQ', rising], (text) => make('PS512', 512, text)),
    ...jws.map((text, index) => ({
      ...{ tcId: 329 + index, jws: text, valid: false },
      begins: begins[index] || undefined,
    })),
  ];
}

const figure =
  'SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4';
const bilbo = 'bilbo.baggins@hobbiton.example';
const rsOf = (bits: number, kid: KeyName) => (text: string) =>
  pkcs1(kid, `${encoded({ alg: `RS${bits}`, kid })}.${text}`, bits);
const figure13 = (tcId: number) => payloads(tcId, [figure], rsOf(256, bilbo), ['MRjdkly7']);
const figure20 = (tcId: number) =>
  payloads(tcId, [figure], (text) =>
    pss(bilbo, `${encoded({ alg: 'PS384', kid: bilbo })}.${text}`, { hash: 'sha384' }),
  );
const refusedFoo = (tcId: number): Row[] =>
  payloads(tcId, ['Zm9v'], rsOf(256, 'kid-rsa-sign'), ['HUwxI1-c']).map((row) => ({ ...row, valid: false }));

/** The groups of json_web_signature_test.json that have an RSA key. */
export const signatureGroups = (): Group[] => [
  { name: 'rs256', key: 'kid-rsa-sign', members: { alg: 'RS256', use: 'sig' }, rows: rs256() },
  {
    ...{ name: 'rs256, payloads', key: 'RS256_2048', members: { alg: 'RS256' } },
    rows: payloads(
      259,
      ['', zeros, 'YQ', 'VGVzdA', rising],
      rsOf(256, 'RS256_2048'),
      'OUCnIKay HJROgi3w ohEFKUmx iYrSRSKu gCrfLgxG'.split(' '),
    ),
  },
  {
    ...{ name: 'rs384', key: 'RS384_2048', members: { alg: 'RS384' } },
    rows: payloads(
      264,
      ['', zeros, 'YQ', rising],
      rsOf(384, 'RS384_2048'),
      'rt0lnhnn tMc4m40Y jV6FrunR zSKuuZ5i'.split(' '),
    ),
  },
  {
    ...{ name: 'rs512', key: 'RS512_2048', members: { alg: 'RS512' } },
    rows: payloads(
      268,
      ['', zeros, 'YQ', rising],
      rsOf(512, 'RS512_2048'),
      'uBmOhR9H NQ6jfR-e MDbZyEwP b9G2bMQi'.split(' '),
    ),
  },
  { name: 'ps256', key: 'RS256_2048', members: { use: 'sig', alg: 'PS256' }, rows: ps256() },
  { name: 'ps384', key: 'RS384_2048', members: { use: 'sig', alg: 'PS384' }, rows: ps384() },
  { name: 'ps512', key: 'RS512_2048', members: { use: 'sig', alg: 'PS512' }, rows: ps512() },
  { name: 'rfc7520, RS256', key: bilbo, members: { alg: 'RS256', use: 'sig' }, rows: figure13(345) },
  { name: 'rfc7520, PS256', key: bilbo, members: { alg: 'PS256', use: 'sig' }, rows: figure20(346) },
  {
    ...{ name: 'rfc7520WithKeyOps, RS256', key: bilbo, members: { alg: 'RS256', key_ops: ['verify'] } },
    rows: figure13(349),
  },
  {
    ...{ name: 'rfc7520WithKeyOps, PS256', key: bilbo, members: { alg: 'PS256', key_ops: ['verify'] } },
    rows: figure20(350),
  },
  { name: 'rsa_encryption, use', key: 'kid-rsa-sign', members: { use: 'enc' }, rows: refusedFoo(353) },
  {
    ...{ name: 'rsa_encryption, key_ops', key: 'kid-rsa-sign', members: { key_ops: ['encrypt'] } },
    rows: refusedFoo(355),
  },
];
