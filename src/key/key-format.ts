/** Tells the formats of key files apart by their first bytes. */
import {
  BIT_STRING,
  type DerElement,
  INTEGER,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  readElement,
  readElements,
  SEQUENCE,
} from './der.js';
import { algorithmName } from './key-algorithm.js';

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

/** What `bytes` hold, judged by their outline; a number inside them may still be wrong. */
export function identifyDer(bytes: Uint8Array): IdentifiedDer {
  const outer = readElement(bytes, 0);
  if (outer?.tag !== SEQUENCE) return { format: 'unknown' };
  if (outer.end !== bytes.length) return { format: 'damaged' };
  const [first, second] = readElements(bytes, outer);
  switch (`${first?.tag} ${second?.tag}`) {
    case `${INTEGER} ${SEQUENCE}`:
      return { format: 'pkcs8', algorithm: algorithmIn(bytes, second) };
    case `${INTEGER} ${INTEGER}`:
      return { format: second?.end === outer.end ? 'pkcs1-public' : 'pkcs1-private' };
    case `${INTEGER} ${OCTET_STRING}`:
      return { format: 'sec1' };
    case `${SEQUENCE} ${BIT_STRING}`:
      return { format: 'spki', algorithm: algorithmIn(bytes, first) };
    case `${SEQUENCE} ${OCTET_STRING}`:
      return { format: 'encrypted' };
    case `${SEQUENCE} ${SEQUENCE}`:
      return { format: 'certificate' };
    default:
      return { format: 'unknown' };
  }
}

function algorithmIn(bytes: Uint8Array, sequence: DerElement | undefined): string {
  const [identifier] = sequence ? readElements(bytes, sequence) : [];
  return (identifier?.tag === OBJECT_IDENTIFIER && algorithmName(bytes, identifier)) || 'unknown';
}
