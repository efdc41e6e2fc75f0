/**
 * Reads a key from text. The minter, the commands, `diagnose` and its page all use this reader.
 *
 * @module
 */
import { toBase64 } from '../base64.js';
import { readElement, SEQUENCE } from '../der.js';
import { wrapPkcs1 } from '../rsa-key.js';
import { bareKey, base64Runs, decodedText } from './bare-key.js';
import { dumpedBytes } from './byte-dump.js';
import { fromBytes, longestKeyText, noKey, type ReadKey } from './found-key.js';
import { identifyKey } from './key-bytes.js';
import { readNotation } from './key-notations.js';
import { isPem, pemBlocks } from './pem-blocks.js';
import { plainText } from './plain-text.js';

/**
 * Returns the key in the text. Of several keys, a private key comes first, then a public key, then a certificate.
 *
 * The bytes decide what the key is. A BEGIN line or a field name decides only if the bytes cannot be read.
 *
 * @param kid Names the key of a JWK Set. The header of a token has it.
 */
export function readKey(text: string, kid?: string): ReadKey {
  return read(text, 0, kid);
}

/** Returns the complete public keys in the text that are written in base64, including repeated ones. */
export function publicKeysIn(text: string): ReadKey[] {
  const plain = plainText(text);
  const isPublic = (key: ReadKey | undefined) =>
    key?.kind === 'public' && key.whole && key.spki !== undefined;
  const blocks = [...pemBlocks(plain)].filter(isPublic);
  if (blocks.length > 0) return blocks;
  const found = base64Runs(plain).map((run) => bareKey(run));
  return found.filter((key) => key !== undefined).filter(isPublic);
}

function read(text: string, depth: number, kid?: string): ReadKey {
  const plain = plainText(text);
  const readInner = depth < 3 ? (file: string) => read(file, depth + 1, kid) : undefined;
  const found = [...pemBlocks(plain), notation(plain, kid), bareKey(plain, readInner)].filter(
    (key) => key !== undefined,
  );
  const [best = noKey] = found.toSorted((a, b) => rank(a) - rank(b));
  if (best.kind === 'none' || best.kind === 'damaged') return inNumbers(text, depth) ?? best;
  return { ...best, isPem: best.isPem || isPem(plain, best) };
}

/** A key whose bytes, or those of its PEM file, are written as numbers. */
function inNumbers(text: string, depth: number): ReadKey | undefined {
  if (text.length > longestKeyText || depth > 2) return undefined;
  for (const dumped of dumpedBytes(text)) {
    const outer = readElement(dumped, 0);
    // The last line of a dump may bring along what stands beside the bytes.
    const bytes = outer?.tag === SEQUENCE ? dumped.slice(0, outer.end) : dumped;
    const found = identifyKey(bytes);
    if (found) return { ...noKey, ...fromBytes(found, toBase64(bytes)), surrounded: true, inNumbers: true };
    const inner = decodedText(dumped);
    const key = inner === undefined ? noKey : read(inner, depth + 1);
    if (key.kind !== 'none' && key.kind !== 'damaged') return { ...key, inNumbers: true };
  }
  return undefined;
}

function rank({ kind, form, spki }: ReadKey): number {
  if (kind === 'private') return 0;
  // A JWK may contain its numbers only in a certificate.
  if (kind === 'public') return form === 'spki' ? 1 : spki ? 2 : 4;
  return kind === 'certificate' ? 3 : 5;
}

function notation(text: string, kid?: string): ReadKey | undefined {
  const found = readNotation(text, kid);
  const spki = found?.publicPart && wrapPkcs1(found.publicPart);
  return found && { ...noKey, ...found, spki, whole: true };
}
