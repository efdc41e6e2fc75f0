/** Names the algorithm that a key is for. */
import type { DerElement } from './der.js';

const names: Readonly<Record<string, string>> = {
  '2a864886f70d010101': 'RSA',
  '2a864886f70d01010a': 'RSA-PSS',
  '2a8648ce3d0201': 'EC',
  '2a8648ce380401': 'DSA',
  '2b656e': 'X25519',
  '2b6570': 'Ed25519',
  '2b6571': 'Ed448',
};

/** The algorithm whose object identifier is the element; `undefined` for one that is not known here. */
export function algorithmName(bytes: Uint8Array, { start, end }: DerElement): string | undefined {
  return names[Array.from(bytes.subarray(start, end), (byte) => byte.toString(16).padStart(2, '0')).join('')];
}
