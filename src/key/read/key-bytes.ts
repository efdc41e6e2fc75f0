/**
 * Identifies a key from the structure of its bytes, even if some bytes are missing.
 *
 * @module
 */
import { toHex } from '../base64.js';
import {
  BIT_STRING,
  CONTEXT_0,
  type DerElement,
  INTEGER,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  readElement,
  readElements,
  SEQUENCE,
} from '../der.js';
import { readSshPublicKey } from './ssh-public-key.js';

/** How a key is written as bytes. */
export type ByteForm =
  | 'pkcs8'
  | 'pkcs1'
  | 'sec1'
  | 'encrypted'
  | 'spki'
  | 'certificate'
  | 'certificate request'
  | 'pkcs7'
  | 'pkcs12'
  | 'java-keystore'
  | 'openssh'
  | 'ssh'
  | 'windows-blob';

export interface KeyBytes {
  kind: 'private' | 'public' | 'certificate';
  form: ByteForm;
  /** Name of the algorithm, if the bytes contain it. */
  algorithm?: string | undefined;
  /** Whether the bytes end where the outermost element ends. */
  whole: boolean;
  /** SubjectPublicKeyInfo of a public key or certificate, or the PKCS#1 key. */
  publicPart?: Uint8Array<ArrayBuffer> | undefined;
}

const algorithms: Readonly<Record<string, string>> = {
  '2a864886f70d010101': 'RSA',
  '2a864886f70d01010a': 'RSA-PSS',
  '2a8648ce3d0201': 'EC',
  '2a8648ce380401': 'DSA',
  '2b656e': 'X25519',
  '2b6570': 'Ed25519',
  '2b6571': 'Ed448',
};

/** First bytes of formats that are not DER, in hexadecimal. */
const magic: readonly [start: string, kind: 'private' | 'public', form: ByteForm][] = [
  ['feedfeed', 'private', 'java-keystore'],
  ['cececece', 'private', 'java-keystore'],
  // "openssh-key-v1"
  ['6f70656e7373682d6b65792d7631', 'private', 'openssh'],
  // Windows: PRIVATEKEYBLOB, PVK file, CNG's private blobs; then the public ones.
  ['0702000000a40000', 'private', 'windows-blob'],
  ['070200000024', 'private', 'windows-blob'],
  ['1ef1b5b0', 'private', 'windows-blob'],
  ['52534132', 'private', 'windows-blob'],
  ['52534133', 'private', 'windows-blob'],
  ['0602000000a40000', 'public', 'windows-blob'],
  ['060200000024', 'public', 'windows-blob'],
  ['52534131', 'public', 'windows-blob'],
  // A PKCS#12 file in BER of indefinite length, as Windows and older tools write it.
  ['3080020103', 'private', 'pkcs12'],
];

/** Returns the form that the bytes begin with, or `undefined` if it is unknown. */
export function identifyKey(bytes: Uint8Array<ArrayBuffer>): KeyBytes | undefined {
  const start = toHex(bytes.subarray(0, 16));
  const found = magic.find(([prefix]) => start.startsWith(prefix));
  if (found) {
    const [, kind, form] = found;
    return { kind: holdsPrivateKey(bytes, form) ? kind : 'certificate', form, whole: true };
  }
  if (start.startsWith('000000')) return ssh(bytes);
  const outer = readElement(bytes, 0);
  if (outer?.tag !== SEQUENCE) return undefined;
  const key = identifyDer(bytes, outer);
  if (!key) return undefined;
  const whole = outer.end === bytes.length;
  // The missing part may contain a private key.
  const isPublic = whole && !holdsPrivateKey(bytes, key.form);
  return { ...key, ...(isPublic && { kind: 'certificate' as const }), whole };
}

/** Bags for private keys (RFC 7292, appendix D): pkcs8ShroudedKeyBag and keyBag. Their names are never encrypted. */
const KEY_BAGS = ['2a864886f70d010c0a0102', '2a864886f70d010c0a0101'];

/** Whether a PKCS#12 file or a Java key store contains a private key. Both may contain only certificates. */
function holdsPrivateKey(bytes: Uint8Array<ArrayBuffer>, form: ByteForm): boolean {
  if (form === 'pkcs12') return KEY_BAGS.some((bag) => toHex(bytes).includes(bag));
  return form === 'java-keystore' ? !isTrustStore(bytes) : true;
}

/** Whether all entries of a JKS file are certificates (tag 2). Anything unexpected counts as a key. */
function isTrustStore(bytes: Uint8Array<ArrayBuffer>): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    let at = 12;
    for (let left = view.getUint32(8); left > 0; left--) {
      if (view.getUint32(at) !== 2) return false;
      // The alias, the date, the type of the certificate and the certificate.
      at += 4;
      at += 2 + view.getUint16(at) + 8;
      at += 2 + view.getUint16(at);
      at += 4 + view.getUint32(at);
    }
    return view.getUint32(8) > 0 && at <= bytes.length;
  } catch {
    return false;
  }
}

function ssh(bytes: Uint8Array<ArrayBuffer>): KeyBytes | undefined {
  const key = readSshPublicKey(bytes);
  return key && { kind: 'public', form: 'ssh', whole: true, ...key };
}

/** The content type of a PKCS#7 file with certificates (RFC 5652 section 5.1). */
const SIGNED_DATA = '2a864886f70d010702';

function identifyDer(bytes: Uint8Array<ArrayBuffer>, outer: DerElement): Omit<KeyBytes, 'whole'> | undefined {
  const [first, second] = readElements(bytes, outer);
  if (first?.tag === INTEGER) {
    // Private forms begin with a version of one byte. The public PKCS#1 form begins with the modulus.
    if (first.end - first.start === 1) return privateKey(bytes, second, bytes[first.start]);
    return isPkcs1(bytes, outer, first, second)
      ? { kind: 'public', form: 'pkcs1', algorithm: 'RSA', publicPart: bytes }
      : undefined;
  }
  if (first?.tag === OBJECT_IDENTIFIER)
    return toHex(bytes.subarray(first.start, first.end)) === SIGNED_DATA
      ? { kind: 'certificate', form: 'pkcs7' }
      : undefined;
  if (first?.tag !== SEQUENCE) return undefined;
  const inner = readElements(bytes, first);
  if (inner[0]?.tag !== OBJECT_IDENTIFIER) return certificate(bytes, inner);
  if (second?.tag === OCTET_STRING) return { kind: 'private', form: 'encrypted' };
  if (second && second.tag !== BIT_STRING) return undefined;
  const algorithm = algorithmOf(bytes, inner[0]);
  return algorithm === undefined ? undefined : { kind: 'public', form: 'spki', algorithm, publicPart: bytes };
}

/**
 * A modulus, then room for an exponent alone. The parameters of DSA and Diffie-Hellman begin alike. An RSA exponent is
 * odd (RFC 8017 section 3.1), and the usual generators of Diffie-Hellman are 2 and 5.
 */
function isPkcs1(
  bytes: Uint8Array,
  outer: DerElement,
  modulus: DerElement,
  exponent: DerElement | undefined,
): boolean {
  const room = outer.end - modulus.end;
  if (modulus.end - modulus.start < 32 || room < 3 || room > 10) return false;
  // A key that was cut off may have lost its exponent.
  const last = bytes[outer.end - 1];
  if (last === undefined || !exponent) return true;
  return exponent.end === outer.end && last % 2 === 1 && !(room === 3 && last === 5);
}

/** RFC 5958, RFC 8017 A.1.2, RFC 5915 and, with version 3, RFC 7292. */
function privateKey(
  bytes: Uint8Array<ArrayBuffer>,
  second: DerElement | undefined,
  version: number | undefined,
): Omit<KeyBytes, 'whole'> | undefined {
  const kind = 'private';
  if (second?.tag === INTEGER) return { kind, form: 'pkcs1', algorithm: 'RSA' };
  if (second?.tag === OCTET_STRING) return { kind, form: 'sec1', algorithm: 'EC' };
  if (second?.tag !== SEQUENCE) return undefined;
  if (version === 3) return { kind, form: 'pkcs12' };
  const [identifier] = readElements(bytes, second);
  return { kind, form: 'pkcs8', algorithm: (identifier && algorithmOf(bytes, identifier)) ?? 'unknown' };
}

/** Finds the key in a certificate (RFC 5280 section 4.1) or a certificate request (RFC 2986 section 4). */
function certificate(
  bytes: Uint8Array<ArrayBuffer>,
  fields: DerElement[],
): Omit<KeyBytes, 'whole'> | undefined {
  const tags = fields.map((field) => field.tag);
  if (tags[0] !== CONTEXT_0 && tags[0] !== INTEGER) return undefined;
  const request = tags[0] === INTEGER && tags[3] === CONTEXT_0;
  const key = fields[request ? 2 : tags[0] === CONTEXT_0 ? 6 : 5];
  const [holder] = key ? readElements(bytes, key) : [];
  const [identifier] = holder ? readElements(bytes, holder) : [];
  return {
    kind: 'certificate',
    form: request ? 'certificate request' : 'certificate',
    algorithm: identifier && algorithmOf(bytes, identifier),
    publicPart: key?.tag === SEQUENCE ? bytes.slice(key.offset, key.end) : undefined,
  };
}

function algorithmOf(bytes: Uint8Array, { tag, start, end }: DerElement): string | undefined {
  return tag === OBJECT_IDENTIFIER ? algorithms[toHex(bytes.subarray(start, end))] : undefined;
}

/** The algorithm identifier of RSA, its parameters, and the tag of an OCTET STRING: only PKCS#8 has this. */
const RSA_PRIVATE = '2a864886f70d01010105000482';
/** The exponent 65537, then another long number: only a private key continues after it. */
const BEHIND_EXPONENT = /02030100010282|02030100010281/;

/** Whether base64 text is a part of a private RSA key that lost its beginning. */
export function isCutPrivateKey(decode: (text: string) => Uint8Array, base64: string): boolean {
  const text = base64.replace(/[^\w+/]/g, '');
  return ['', 'A', 'AA', 'AAA'].some((shift) => {
    const bytes = decode(shift + text);
    const hex = toHex(bytes);
    return hex.slice(0, 320).includes(RSA_PRIVATE) || BEHIND_EXPONENT.test(hex) || hasLongNumbers(bytes);
  });
}

/** Whether three long INTEGERs follow each other: a private key's primes and exponents do. Parameters are two at most. */
function hasLongNumbers(bytes: Uint8Array): boolean {
  const next = (at: number) => {
    const isLong = bytes[at] === INTEGER && (bytes[at + 1] === 0x81 || bytes[at + 1] === 0x82);
    return isLong ? readElement(bytes, at)?.end : undefined;
  };
  for (let at = bytes.indexOf(INTEGER); at >= 0; at = bytes.indexOf(INTEGER, at + 1)) {
    const second = next(at);
    const third = second === undefined ? undefined : next(second);
    if (third !== undefined && next(third) !== undefined) return true;
  }
  return false;
}
