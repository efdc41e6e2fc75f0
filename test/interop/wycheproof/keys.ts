/**
 * The RSA pairs of Wycheproof, each by its two primes. The test compares what is computed from them with Wycheproof's rows.
 *
 * Source: https://github.com/C2SP/wycheproof, testvectors_v1/json_web_signature_test.json (commit
 * 073df56bfc1f2719eecad1e32391b8a80b43338a) and json_web_key_test.json (commit 8565f3170646c4044f002f3298310a2a1cd2ec15).
 * Licence: Apache-2.0.
 *
 * @module
 */
import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';

const primes = {
  'kid-rsa-sign': [
    '0xalbl1PJbSBGD4XOjIYJLwMYyHMiM06SBauMGzBfCask5DN5jH68Kw1yPS4wkLpx4ltGLuy0X5mMaZzrSOkBGb27-NizBgB2-L279XotznWeh2jbF05Kqzkoz3VaX_7dRhCHEhOopMQh619hA1bwaJyW1k8aNlLPTl3BotkP4M',
    'sdQsQVz3tI7hmisAgiIjppOssEnZaZO0ONeRRDxBHGLe3BCo1FJoMMQryOAlglayjQnnWjQ-BpwUpa0r9YQhVLweoNEIig6Beph7iYRZgOHEiiTTgUIGgXAL6xhsby1PueUfT0xsN1Y7qt5f5EwOfu7tnFqNyJXIp9W1NQgU6fM',
  ],
  RS256_2048: [
    '3EMQUPeC6JT7UkgkfZjLfVi40eJPO1XQQcVuTeCGsNW7AovaQu610jTVaB5YCdQV5qKJrUz794-Xj2w1gU9Q7r_xxbgKafeI6B5rq13ap4Np1lnRQ-xvF-eYE6V1z62cVpFWuQET4ukRCtnntIock0im5lMyEZEpDqNs-zpbGPE',
    'vRqB55d_mJgSInOuMiK1mOpfsZ606rw4MIpeMhlmA7LlAP-3n1uIaBZhHevEcvrEVUQHC-sFfJQTeKaGivO3oD0_mIDsR9XgiblPveVCq6mujXLFcIjXq_WxMfOQmPe8Fg-QU2q8lJL9Tgbz7XKZ1Ll7sDZ3IH2VZp8UDPvCDyU',
  ],
  RS384_2048: [
    '74hbh-JcKdHuQx0fSs54fE-ILpLRLEsnZshPiSYxBu8L4N3E3jvwYaK6Rv_nwTKuZ9M38E3Gba653lU3kfSYn1CyJMmBgStTiNHCtdUzSaYTk79mEZlbaYjxQ8J4zMJgz-gqasSmQJgH6rMmZLfuPxxB3-Vn4Jf9ev6FIIcaHFM',
    '28pYIojIGjDWWB8nIFCl_qdz1xEwG91uyschTgDA_LlJjx5YUIaxRGPMiaAsLneoknHAWMb2nzzRNVOZTYp2z2KtnidSF3INYutuiI7EUJzqR0tT83tFj8lW3THfO7bsfeZZ6I5-cJ_jvmqNNyZMPSDn0IgnbOdlGkA8aNbEfqU',
  ],
  RS512_2048: [
    '50oSR1mhdN4zGFmWs7Q3wk7SSCA9Z0qHvMLnamZ74_VKwV6PBOTF5UD04Z9AKnHTfTl1bc77-u-zgAlbbPvfTXjdIM8IWh8SdhDjtxAspr3hgllBq2Aum3LAjkUzrFAxcTjhC_ft_qMPUu6R6mYowsxl52uvwC650hq2atN07yc',
    '15O09VFJIb-8R6HkX6oEPuoD8FK85gDsT1xisBSnxFrrP0vAIWDnsS3uE15EsiejGFTKgzrHBtFGcKtZMqJpybb5GIrLk-aYtKff9lu5yWPC4Css6j8tXLJU4HthZ5KJbjdVDLOBccTDLgplQ7vmrNTpmr6roTQKlhAXQStXvA8',
  ],
  'bilbo.baggins@hobbiton.example': [
    '3Slxg_DwTXJcb6095RoXygQCAZ5RnAvZlno1yhHtnUex_fp7AZ_9nRaO7HX_-SFfGQeutao2TDjDAWU4Vupk8rw9JR0AzZ0N2fvuIAmr_WCsmGpeNqQnev1T7IyEsnh8UMt-n5CafhkikzhEsrmndH6LxOrvRJlsPp6Zv8bUq0k',
    'uKE2dh-cTf6ERF4k4e_jy78GfPYUIaUyoSSJuBzp3Cubk3OCqs6grT8bR_cu0Dm1MZwWmtdqDyI95HrUeq3MP15vMMON8lHTeZu2lmKvwqW7anV5UzhM1iZ7z4yMkuUwFWoBvyY898EXvRD-hdqRxHlSqAZ192zB3pVFJ0s7pFc',
  ],
  'kid-rsa-roca-sign': [
    'ARXNC8pC9mwATep-hd8UJIPF-zxRT3SLSo-oqcfvsfxh31YwlKtfIx7TZgXY1Zqva9zzxJZYxR1XrJp3M0Ny5yRSz04EE7tOjSC3-vR2oIGtkWPFUUF4VpEwrDzqPrZa7JKY-ZJ0qchxLYwzKj7LgEA2HY8l1GBQzHYqqbblMNyF',
    'AYhb2gXYokQugcoSDcl9jeeqwpccV-1Fv93RTtaFMoDJ5kJipWpmTIuT06ZLVc0-2FNl9U3HaiNnHgT07Sjnllj2XGBH5tFT-2u8UUby7QEX8I5QRrdCs6FEtoIxY-eGZWD5MbF8bwrdE1xuhk7dvxlGcEzsAqWMU1ORoRdCZgzt',
  ],
  RS256_1024: [
    '05fc-rSRnbI7triMRRFRb2E14RGCd-SWEw8Mqzp1ZhAQzJjsj0DNsMGrYSwDu-OwI9iR9GGFeI-xFEN8iprnHQ',
    '0MeAUVlQndrXDzW5p2x8K9lahE02t22WE4z8eipV-IBy6LEKw3Rjyvm_jRAUyToAEhTXziMMgzL7WNrbBdUviw',
  ],
  'RS256_2048, exponent 1': [
    '3IPTertqAkvQnaJsrPPYTLXhHzpTUKAFmFlNhP7-VeidMyg-dvr-NmPaC5iQCvWraXgO2Xh-yjPC5gTFG8Qx8IZtax4DNp9yQV5qVMohs-YXtfd4afaLqvffRAXBZlKTL5tquubSQqMwJ5HLqwAZzCgifi3KXRhsf9wUom3UFKs',
    '2iDt2_MW5MEB9qXDMNJ9FAEBeppGkiRTwFH4KJkbvTVDUaN1HCLklQJPJsF7J9ylLOgx7-KFhPFJrrc9GLWISxv6Rp7ciKHHuIjzPkuNxJbq3La3-x5thGll9JXvEX2lDojUx2uedw3Xiu04-ECRbVvauF-CsN29C413gzlRcoE',
  ],
} as const satisfies Record<string, readonly [string, string]>;

export type KeyName = keyof typeof primes;

export interface WycheproofKey {
  public: JsonWebKey & { n: string; e: string };
  /** Base64 of the SubjectPublicKeyInfo on one line, as Live Assist holds it. */
  line: string;
  sign: KeyObject;
}

/** Returns the key with the usual exponent, 65537. */
export function wycheproofKey(name: KeyName): WycheproofKey {
  const [p, q] = primes[name].map(toNumber) as [bigint, bigint];
  const d = inverse(65537n, (p - 1n) * (q - 1n));
  const parts = { n: p * q, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const written = Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, toText(value)]));
  const sign = createPrivateKey({ key: { kty: 'RSA', e: 'AQAB', ...written }, format: 'jwk' });
  return { sign, ...publicForms(toText(p * q), 'AQAB') };
}

/** Returns the public key of json_web_key_test's group "exponentOne", which has no private half. */
export function exponentOne(): Omit<WycheproofKey, 'sign'> {
  const [p, q] = primes['RS256_2048, exponent 1'].map(toNumber) as [bigint, bigint];
  return publicForms(toText(p * q), 'AQ');
}

function publicForms(n: string, e: string): Omit<WycheproofKey, 'sign'> {
  const integer = (text: string) => {
    const bytes = Buffer.from(text, 'base64url');
    return element(2, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
  };
  const algorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex');
  const spki = element(0x30, algorithm, element(3, Buffer.of(0), element(0x30, integer(n), integer(e))));
  return { public: { kty: 'RSA', n, e }, line: spki.toString('base64') };
}

/** Writes a DER element of at most 65,535 bytes. */
export function element(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const toNumber = (text: string) => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);

function toText(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [rest, next, factor, following] = [modulus, value % modulus, 0n, 1n];
  while (next > 0n) {
    const times = rest / next;
    [rest, next, factor, following] = [next, rest - times * next, following, factor - times * following];
  }
  return ((factor % modulus) + modulus) % modulus;
}
