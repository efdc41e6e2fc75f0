/**
 * RSASSA-PSS (RFC 8017 section 9.1) in steps, so that each of them can be done wrongly, as in Wycheproof's rows
 * "ModifiedSignature". The salts of those rows are random: these are the same mutations with other salts.
 *
 * @module
 */
import { createHash } from 'node:crypto';

type Change = (bytes: Buffer) => void;

export interface PssSteps {
  hash?: string;
  salt?: Buffer;
  /** Changes the hash of the message, the hash over message and salt, the data block, or the encoded message. */
  messageHash?: Change;
  saltedHash?: Change;
  block?: Change;
  masked?: Change;
  encoded?: Change;
}

/** Returns the encoded message for a key of 2048 bits. */
export function encodePss(input: string, steps: PssSteps = {}): Buffer {
  const hash = steps.hash ?? 'sha256';
  const digest = (...parts: Buffer[]) => createHash(hash).update(Buffer.concat(parts)).digest();
  const changed = (bytes: Buffer, change?: Change) => {
    change?.(bytes);
    return bytes;
  };
  const message = changed(digest(Buffer.from(input)), steps.messageHash);
  const salt = steps.salt ?? Buffer.alloc(message.length, 0x5a);
  const salted = changed(digest(Buffer.alloc(8), message, salt), steps.saltedHash);
  const size = 256 - salted.length - 1;
  const zeros = Buffer.alloc(size - salt.length - 1);
  const block = changed(Buffer.concat([zeros, Buffer.of(1), salt]), steps.block);
  const masks: Buffer[] = [];
  for (let counter = 0; masks.length * salted.length < size; counter++)
    masks.push(digest(salted, Buffer.of(0, 0, 0, counter)));
  const mask = Buffer.concat(masks);
  const masked = Buffer.from(block.map((byte, index) => byte ^ (mask[index] ?? 0)));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return changed(Buffer.concat([changed(masked, steps.masked), salted, Buffer.of(0xbc)]), steps.encoded);
}

const flip =
  (index: number, bits: number): Change =>
  (bytes) => {
    const at = index < 0 ? bytes.length + index : index;
    bytes[at] = (bytes[at] ?? 0) ^ bits;
  };

/** What Wycheproof's group "ps256" does wrongly in one of these steps, as often as it does. */
export const pssMutations: [mutation: string, steps: PssSteps][] = [
  ...[0, 1, 15, 30].map((at): [string, PssSteps] => ['MhashModified', { messageHash: flip(at, 0x01) }]),
  ['lastByteOfMhashModified', { messageHash: flip(-1, 0x01) }],
  ...[0, 1, 20, 31, 33, 48].map((size): [string, PssSteps] => [
    'SaltLenChanged',
    { salt: Buffer.alloc(size, 0x5a) },
  ]),
  ...[0, 1, 100].map((at): [string, PssSteps] => ['ZeroPaddingModified', { block: flip(at, 0x10) }]),
  ...[0, 1, 2, 7, 8, 15, 30, 31].map((at): [string, PssSteps] => [
    'ModifiedHash',
    { saltedHash: flip(at, 0x80) },
  ]),
  ...[0x01, 0x03, 0x81, 0xff, 0x02, 0x10].map((bits): [string, PssSteps] => [
    'PSModified',
    { block: flip(190, bits) },
  ]),
  ...[0, -1].map((at): [string, PssSteps] => ['SaltModified', { block: flip(at < 0 ? -1 : 191, 0x01) }]),
  ['MaskedDbChanged', { masked: flip(0, 0x40) }],
  ...[0x01, 0x3c, 0xbc].map((bits): [string, PssSteps] => ['EmModified', { encoded: flip(-1, bits) }]),
];
