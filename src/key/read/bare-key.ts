/**
 * Finds a key without BEGIN and END lines.
 *
 * @module
 */
import { fromBase64 } from '../base64.js';
import { decodeKey, fromBytes, longestKeyText, noKey, type ReadKey } from './found-key.js';
import { identifyKey, isCutPrivateKey } from './key-bytes.js';
import { base64In, betweenStrings } from './plain-text.js';

/**
 * Returns the key of a text without BEGIN and END lines.
 *
 * @param readInner Reads a file that was encoded in base64 as a whole.
 */
export function bareKey(text: string, readInner?: (file: string) => ReadKey): ReadKey | undefined {
  if (text.length > longestKeyText) return undefined;
  const named = /^\s*["']?[\w.-]{1,60}["']?\s{0,9}[:=]\s*(?:[|>][+-]?\s+)?(?=\S)/.exec(text)?.[0] ?? '';
  const candidates = [
    text,
    text.slice(named.length),
    // The joined strings come first, because a single string looks like a key that was cut off.
    ...base64Runs(text.replace(betweenStrings, '')),
    ...base64Runs(text),
  ];
  const found: ReadKey[] = [];
  for (const candidate of new Set(candidates)) {
    const base64 = base64In(candidate).replace(/(?<![,;])[,;]+$/, '');
    const bytes = decodeKey(base64);
    if (!bytes || bytes.length < 40) continue;
    const surrounded = candidate !== text;
    const identified = identifyKey(bytes);
    if (identified) {
      const key = { ...noKey, ...fromBytes(identified, base64), surrounded };
      found.push(key);
      // A text that consists only of this key contains no other key.
      if (key.whole && (key.kind === 'private' || !surrounded)) return key;
      continue;
    }
    if (isCutPrivateKey(fromBase64, base64))
      return { ...noKey, kind: 'private', form: 'pkcs8', base64, surrounded };
    const file = decodedText(bytes);
    const key = (file !== undefined && readInner?.(file)) || noKey;
    if (key.kind === 'none' || key.kind === 'damaged') continue;
    found.push({ ...key, encodedTwice: true });
    if (key.kind === 'private' && key.whole) return { ...key, encodedTwice: true };
  }
  const best = found.find(({ kind }) => kind === 'private') ?? found.find(({ whole }) => whole) ?? found[0];
  if (best) return best;
  // A text of base64 characters this long is a key that lost some of its characters.
  const base64 = base64In(text);
  return /^(?!ssh-)[\w+/]{100,}=*$/.test(base64) ? { ...noKey, kind: 'damaged', base64 } : undefined;
}

/** Returns long runs of base64 that begin like a key. */
export function base64Runs(text: string): string[] {
  return (
    text.match(/(?<![\w+/])(?:MI[IGCHEF]|AAAAB3NzaC1|LS0tLS1CRUdJTi|eyJrdHkiOi)[\w+/-]{60,}={0,2}/g) ?? []
  );
}

/** The bytes as text, if that is what they are: a file that was encoded once more. PowerShell encodes UTF-16. */
export function decodedText(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.filter((byte) => byte !== 0)).replace(/^\ufffd+/, '');
  return /^[\s\ufeff]*[\x20-\x7e\s]{40}/.test(text) ? text : undefined;
}
