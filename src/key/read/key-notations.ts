/**
 * Reads keys in notations other than PEM and base64: JSON, XML, and what openssl and PuTTY write.
 *
 * @module
 */
import { fromBase64 } from '../base64.js';
import { selectJwk } from './jwk.js';
import { pkcs1Key, readSshPublicKey } from './ssh-public-key.js';

export type Notation =
  | 'jwk'
  | 'xml'
  | 'openssl-text'
  | 'certificate-text'
  | 'request-text'
  | 'printout'
  | 'putty'
  | 'ssh';

export interface NotedKey {
  kind: 'private' | 'public' | 'certificate';
  form: Notation;
  algorithm?: string | undefined;
  /** The PKCS#1 public key, if the notation contains its numbers. */
  publicPart?: Uint8Array<ArrayBuffer> | undefined;
  /** The member of a JWK that forbids its use for RS256, as it is written. */
  otherUse?: string | undefined;
  /** How many keys of a JWK Set can verify RS256. One if the token's `kid` selects it. */
  count?: number | undefined;
  /** The position of the key in a JWK Set, if the text is JSON. */
  index?: number | undefined;
}

/** Returns a key in one of these notations, or `undefined` for other text. */
export function readNotation(text: string, kid?: string): NotedKey | undefined {
  return putty(text) ?? xml(text) ?? printout(text) ?? object(text, kid) ?? details(text) ?? ssh(text);
}

function putty(text: string): NotedKey | undefined {
  return /Private-Lines:\s*\d+\s+[\w+/=]{16}/.test(text) ? { kind: 'private', form: 'putty' } : undefined;
}

/** .NET's ToXmlString and XML signatures: the element D has the private exponent. */
function xml(text: string): NotedKey | undefined {
  const plain = text.replace(/&lt;/g, '<').replace(/&gt;/g, '>');
  const value = (name: string) => new RegExp(`<${name}>\\s{0,99}([\\w+/=\\s]{4,})<`, 'i').exec(plain)?.[1];
  const [modulus, exponent] = [value('Modulus'), value('Exponent')];
  const secret = value('D') ?? value('InverseQ') ?? '';
  // Other XML has elements of these names, with words in them.
  if (secret && (modulus || /[\w+/]{40}/.test(secret)))
    return { kind: 'private', form: 'xml', algorithm: 'RSA' };
  return modulus && exponent
    ? { kind: 'public', form: 'xml', algorithm: 'RSA', publicPart: numbers(modulus, exponent) }
    : undefined;
}

/** What `openssl pkey -text`, `rsa -text` and `x509 -text` print, and what BIND and GnuTLS write. */
function printout(text: string): NotedKey | undefined {
  // GnuTLS writes the words apart, and BIND writes base64.
  const isOpenssl = /\bpriv(?:ateExponent)?:|\bModulus(?: \(\d+ bit\))?:\s*[\da-f]{2}:/.test(text);
  const form = isOpenssl ? 'openssl-text' : 'printout';
  if (/\bprivate ?exponent:\s*(?:([\da-f]{2}[:\s]){8}|[\w+/]{20})|\bpriv:\s+([\da-f]{2}:){8}/i.test(text))
    return { kind: 'private', form };
  // `puttygen -O text`, and PuTTY's key in hexadecimal numbers.
  if (/\bprivate_(?:exponent|p|q)=0x[\da-f]{16}/i.test(text)) return { kind: 'private', form };
  const modulus =
    /\bModulus(?: \(\d+ bit\))?:\s*((?:[\da-f]{2}:\s*){60,}[\da-f]{2})/i.exec(text)?.[1] ??
    /\bpublic_modulus=0x([\da-f]{120,})/i.exec(text)?.[1]?.replace(/..(?!$)/g, '$&:');
  const exponent = /\bExponent:\s*(\d{1,10})|\bpublic_exponent=(0x[\da-f]{1,8})\b/i.exec(text);
  if (!modulus) return undefined;
  const bytes = modulus.split(/:\s*/).map((digits) => Number.parseInt(digits, 16));
  const number = Number(exponent?.[1] ?? exponent?.[2] ?? 65537);
  const of = /^\s{0,9}Certificate( Request)?:\s*$/m.exec(text);
  return {
    ...(of
      ? { kind: 'certificate', form: of[1] ? 'request-text' : 'certificate-text' }
      : { kind: 'public', form }),
    algorithm: 'RSA',
    publicPart: pkcs1Key(
      Uint8Array.from(bytes),
      Uint8Array.of(number >> 24, number >> 16, number >> 8, number),
    ),
  };
}

/**
 * Reads the numbers of a private key as PHP, Ruby and `openssl asn1parse` print them: with names, or as long integers
 * on consecutive lines.
 */
function details(text: string): NotedKey | undefined {
  // Looks only near each [d]. One pattern for all three names would take quadratic time.
  const isPhp = [...text.matchAll(/\[d\] => /g)].some(
    ({ index }) =>
      text.slice(Math.max(0, index - 2007), Math.max(0, index - 64)).includes('[n] => ') &&
      text.slice(index + 71, index + 2014).includes('[p] => '),
  );
  // What var_dump prints: the bytes themselves, which a copy loses in part.
  const isDumped =
    /\["d"\]=>\s{0,20}string\(\d{3,4}\)/.test(text) && /\["p"\]=>\s{0,20}string\(\d{2,4}\)/.test(text);
  const numbers = text.match(/INTEGER\s{0,20}:[\dA-F]{100,}/g) ?? [];
  // In JSON, PHP writes a backslash before each slash.
  const plain = text.replaceAll('\\/', '/');
  const named = ['n', 'd'].map((name) => (member(plain, name)?.length ?? 0) > 150);
  if (numbers.length >= 4) return { kind: 'private', form: 'openssl-text' };
  return isPhp || isDumped || named.every(Boolean) || hasDecimalFactor(text)
    ? { kind: 'private', form: 'printout' }
    : undefined;
}

/**
 * Whether one long decimal number divides another, as a prime divides the modulus. Go, Python and Ruby print private keys
 * like that. Several moduli, as in a printed chain of certificates, are public.
 */
function hasDecimalFactor(text: string): boolean {
  const found = new Set(text.match(/(?<!\d)\d{150,5000}(?!\d)/g)?.slice(0, 20));
  const integers = [...found].map(BigInt);
  return integers.some((one) => integers.some((other) => other !== one && other > 1n && one % other === 0n));
}

/** A JWK (RFC 7517) or .NET's RSAParameters, in JSON or as another language prints an object. */
function object(text: string, kid?: string): NotedKey | undefined {
  if (!/\bkty\b|\bModulus\b/.test(text)) return undefined;
  const form = /\bkty\b/.test(text) ? 'jwk' : 'xml';
  const factor = ['p', 'q', 'dp', 'dq', 'qi', 'P', 'Q', 'DP', 'DQ', 'InverseQ'].find((name) =>
    member(text, name, 40),
  );
  const modulus = member(text, 'n') ?? member(text, 'Modulus');
  // Without a modulus, a short value may belong to anything, such as a script in a page.
  const least = modulus ? 4 : 40;
  const secret =
    member(text, 'd', least) ??
    member(text, 'D', least) ??
    factor ??
    (/\boct\b/.test(text) ? member(text, 'k') : undefined);
  const jwk = selectJwk(text, kid);
  const type = /\bkty\b\W{1,9}(EC|OKP|RSA|oct)\b/.exec(text)?.[1];
  if (secret) return { kind: 'private', form, algorithm: type ?? 'RSA', index: jwk?.index };
  const kind = 'public';
  if (jwk) {
    const { n, e, ...selection } = jwk;
    return { kind, form, algorithm: 'RSA', publicPart: numbers(n, e), ...selection };
  }
  const exponent = member(text, 'e', 2) ?? member(text, 'Exponent', 2);
  if (modulus && exponent) return { kind, form, algorithm: 'RSA', publicPart: numbers(modulus, exponent) };
  return type && type !== 'oct' ? { kind, form: 'jwk', algorithm: type } : undefined;
}

/** Matches a path of SVG, which is in an attribute named `d`. */
const svgPath = '[Mm][MLHVCSQTAZmlhvcsqtaz\\d-]*["\']';

/**
 * Returns the value of a member that contains base64. A member without such a value, as in `"d": null`, does not count.
 */
function member(text: string, name: string, least = 4): string | undefined {
  const begin = `(?<!\\w)${name}\\\\?["'\\]]?\\s{0,9}(?:=>|[:=])\\s{0,9}`;
  const quoted = new RegExp(`${begin}\\\\?["'](?!${svgPath})([\\w+/-]{${least},})={0,2}\\\\?["']`);
  const unquoted = new RegExp(`${begin}([\\w+/-]{20,})={0,2}(?![\\w.])`);
  return (quoted.exec(text) ?? unquoted.exec(text))?.[1];
}

/** A line of OpenSSH's `.pub` file or of `authorized_keys`. */
function ssh(text: string): NotedKey | undefined {
  const [, type, base64 = ''] =
    /(?:^|\s)(ssh-(?:rsa|dss|ed25519)|(?:ecdsa|sk)-[\w@.-]{1,40})[ \t]{1,9}(AAAA[\w+/]+)/.exec(text) ?? [];
  if (!type) return undefined;
  const key = readSshPublicKey(fromBase64(base64));
  return { kind: 'public', form: 'ssh', algorithm: type === 'ssh-rsa' ? 'RSA' : type, ...key };
}

function numbers(modulus: string, exponent: string): Uint8Array<ArrayBuffer> | undefined {
  const [n, e] = [modulus, exponent].map((text) => fromBase64(text.replace(/\s/g, '')));
  return n?.length && e?.length ? pkcs1Key(n, e) : undefined;
}
