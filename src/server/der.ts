/** Tells the formats of key files apart by their first bytes (DER, ITU-T X.690). */

export type KeyFormat =
  | 'pkcs8'
  | 'spki'
  | 'pkcs1-private'
  | 'pkcs1-public'
  | 'sec1'
  | 'encrypted'
  | 'certificate'
  | 'damaged'
  | 'unknown';

export interface IdentifiedDer {
  format: KeyFormat;
  /** Name of the key's algorithm, for `pkcs8` and `spki` only. */
  algorithm?: string;
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const SEQUENCE = 0x30;

const algorithms: Readonly<Record<string, string>> = {
  '2a864886f70d010101': 'RSA',
  '2a864886f70d01010a': 'RSA-PSS',
  '2a8648ce3d0201': 'EC',
  '2a8648ce380401': 'DSA',
  '2b6570': 'Ed25519',
  '2b6571': 'Ed448',
};

/** What `bytes` hold, judged by their outline; a number inside them may still be wrong. */
export function identifyDer(bytes: Uint8Array): IdentifiedDer {
  const outer = elementAt(bytes, 0);
  if (outer.tag !== SEQUENCE) return { format: 'unknown' };
  if (outer.end !== bytes.length) return { format: 'damaged' };
  const first = elementAt(bytes, outer.start);
  const second = elementAt(bytes, first.end);
  if (first.tag === INTEGER && second.tag === SEQUENCE)
    return { format: 'pkcs8', algorithm: algorithmAt(bytes, second.start) };
  if (first.tag === INTEGER && second.tag === INTEGER)
    return { format: second.end === outer.end ? 'pkcs1-public' : 'pkcs1-private' };
  if (first.tag === INTEGER && second.tag === OCTET_STRING) return { format: 'sec1' };
  if (first.tag === SEQUENCE && second.tag === BIT_STRING)
    return { format: 'spki', algorithm: algorithmAt(bytes, first.start) };
  if (first.tag === SEQUENCE && second.tag === OCTET_STRING) return { format: 'encrypted' };
  if (first.tag === SEQUENCE && second.tag === SEQUENCE) return { format: 'certificate' };
  return { format: 'unknown' };
}

function algorithmAt(bytes: Uint8Array, at: number): string {
  const { tag, start, end } = elementAt(bytes, at);
  if (tag !== OBJECT_IDENTIFIER) return 'unknown';
  const oid = Array.from(bytes.subarray(start, end), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return algorithms[oid] ?? 'unknown';
}

/** Where an element's content starts and ends; past the end of the bytes the tag is 0. */
function elementAt(bytes: Uint8Array, at: number): { tag: number; start: number; end: number } {
  const tag = bytes[at] ?? 0;
  const length = bytes[at + 1] ?? 0;
  if (length < 0x80) return { tag, start: at + 2, end: at + 2 + length };
  const start = at + 2 + (length & 0x7f);
  const long = bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { tag, start, end: start + long };
}
