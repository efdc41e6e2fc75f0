/**
 * Reads a public key in the format of SSH (RFC 4253 section 6.6).
 *
 * @module
 */
import { INTEGER, SEQUENCE, writeElement } from '../der.js';

/** Returns the algorithm and, for RSA, the PKCS#1 key, or `undefined` for other bytes. */
export function readSshPublicKey(
  bytes: Uint8Array,
): { algorithm: string; publicPart?: Uint8Array<ArrayBuffer> } | undefined {
  const [name, exponent, modulus] = readFields(bytes);
  const algorithm = name && new TextDecoder('latin1').decode(name);
  if (!algorithm || !/^(ssh|ecdsa|sk)-[\w@.-]+$/.test(algorithm)) return undefined;
  if (algorithm !== 'ssh-rsa') return { algorithm };
  return { algorithm: 'RSA', ...(exponent && modulus && { publicPart: pkcs1Key(modulus, exponent) }) };
}

/** Returns a PKCS#1 public key with these numbers. Their bytes may or may not begin with a zero for the sign. */
export function pkcs1Key(modulus: Uint8Array, exponent: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeElement(
    SEQUENCE,
    writeElement(INTEGER, positive(modulus)),
    writeElement(INTEGER, positive(exponent)),
  );
}

function positive(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(Math.max(0, start));
  return (digits[0] ?? 0) < 0x80 ? digits : Uint8Array.of(0, ...digits);
}

function readFields(bytes: Uint8Array): Uint8Array[] {
  const fields: Uint8Array[] = [];
  for (let offset = 0; offset + 4 <= bytes.length && fields.length < 3; ) {
    const length = bytes.subarray(offset, offset + 4).reduce((sum, byte) => sum * 256 + byte, 0);
    if (offset + 4 + length > bytes.length) break;
    fields.push(bytes.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return fields;
}
