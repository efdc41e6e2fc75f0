/** Tells by its structure what a key's bytes are, cut ones too. */

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
} from '../../key/der.js';
import { algorithmName } from '../../key/key-algorithm.js';

/** `key` is the SubjectPublicKeyInfo a certificate or request contains. */
export type KeyKind =
  | { kind: 'rsa' | 'pkcs1' | 'private' }
  | { kind: 'other-algorithm'; name: string }
  | { kind: 'certificate' | 'certificate request'; key: Uint8Array<ArrayBuffer> | undefined };

/** What the bytes begin as; undefined if as nothing known. */
export function kindOfKey(bytes: Uint8Array<ArrayBuffer>): KeyKind | undefined {
  const outer = readElement(bytes, 0);
  if (outer?.tag !== SEQUENCE) return undefined;
  const [first, second] = readElements(bytes, outer);
  if (first?.tag === INTEGER) {
    // A version, 0 or 1, opens the private forms (RFC 5958, RFC 8017 A.1.2, RFC 5915); a modulus opens PKCS#1's public one.
    if (first.end - first.start === 1) return privateKey(second);
    return first.end - first.start >= 32 ? { kind: 'pkcs1' } : undefined;
  }
  if (first?.tag !== SEQUENCE) return undefined;
  const inner = readElements(bytes, first);
  if (inner[0]?.tag !== OBJECT_IDENTIFIER) return certificate(bytes, inner);
  // Encrypted PKCS#8: an algorithm, then the encrypted octets.
  if (second?.tag === OCTET_STRING) return { kind: 'private' };
  if (second && second.tag !== BIT_STRING) return undefined;
  const name = algorithmName(bytes, inner[0]);
  return name === 'RSA'
    ? { kind: 'rsa' }
    : name === undefined
      ? undefined
      : { kind: 'other-algorithm', name };
}

function privateKey(second: DerElement | undefined): KeyKind | undefined {
  return second && [SEQUENCE, INTEGER, OCTET_STRING].includes(second.tag) ? { kind: 'private' } : undefined;
}

/** RFC 5280 section 4.1 and RFC 2986 section 4: where the key stands in either. */
function certificate(bytes: Uint8Array<ArrayBuffer>, fields: DerElement[]): KeyKind | undefined {
  const tags = fields.map((field) => field.tag);
  if (tags[0] !== CONTEXT_0 && tags[0] !== INTEGER) return undefined;
  const request = tags[0] === INTEGER && tags[3] === CONTEXT_0;
  const key = fields[request ? 2 : tags[0] === CONTEXT_0 ? 6 : 5];
  return {
    kind: request ? 'certificate request' : 'certificate',
    key: key?.tag === SEQUENCE ? bytes.slice(key.offset, key.end) : undefined,
  };
}
