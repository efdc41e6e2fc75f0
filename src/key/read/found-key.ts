/**
 * What the reader of keys has found.
 *
 * @module
 */
import { fromBase64 } from '../base64.js';
import { wrapPkcs1 } from '../rsa-key.js';
import type { ByteForm, KeyBytes } from './key-bytes.js';
import type { Notation } from './key-notations.js';

export interface ReadKey {
  /**
   * - `damaged`: begins or is labelled like a key, but its bytes cannot be read
   * - `none`: not a key
   */
  kind: 'private' | 'public' | 'certificate' | 'damaged' | 'none';
  form: ByteForm | Notation | 'ssh2' | 'sshcom' | 'pgp' | 'other';
  /** Name of the algorithm, if the key contains it. */
  algorithm?: string | undefined;
  /** What follows BEGIN, if the text has such a line. */
  label?: string | undefined;
  /** The bytes of the key in base64, on one line, if the text contains the key in base64. */
  base64: string;
  /** Whether these bytes are complete, judged by their outermost length. */
  whole: boolean;
  /** The SubjectPublicKeyInfo of a public key or certificate, if one can be read. */
  spki?: Uint8Array<ArrayBuffer> | undefined;
  /** The member of a JWK that forbids its use for RS256, as it is written. */
  otherUse?: string | undefined;
  /** How many keys of a JWK Set can verify RS256. One if the token's `kid` selects it. */
  count?: number | undefined;
  /** The position of the key in a JWK Set, if the text is JSON. */
  index?: number | undefined;
  /** Whether the key comes from a file that openssl reads: the BEGIN line fits the form and stands on a line of its own. */
  isPem: boolean;
  /** Whether the text contains anything besides this key and its BEGIN and END lines. */
  surrounded: boolean;
  /** Whether the key, or its file, is encoded in base64 a second time. */
  encodedTwice: boolean;
  /** Whether its bytes, or those of its file, are written as numbers: in hexadecimal, as a list, as a dump. */
  inNumbers: boolean;
}

export const noKey: ReadKey = {
  kind: 'none',
  form: 'other',
  base64: '',
  whole: false,
  isPem: false,
  surrounded: false,
  encodedTwice: false,
  inNumbers: false,
};

/** The longest encoding of a key: the printout of an RSA key of 16384 bits. */
export const longestKeyText = 60_000;

/**
 * Returns what the bytes contain. A bare PKCS#1 key is wrapped in a SubjectPublicKeyInfo, which is what Live Assist
 * takes.
 */
export function fromBytes(
  found: KeyBytes,
  base64: string,
): Omit<ReadKey, 'label' | 'isPem' | 'surrounded' | 'encodedTwice' | 'inNumbers'> {
  const { publicPart, ...key } = found;
  const isNaked = key.form === 'pkcs1' || key.form === 'ssh';
  return { ...key, base64, spki: publicPart && isNaked ? wrapPkcs1(publicPart) : publicPart };
}

export function decodeKey(base64: string): Uint8Array<ArrayBuffer> | undefined {
  return /^[\w+/]+={0,2}$/.test(base64) ? fromBase64(base64) : undefined;
}
