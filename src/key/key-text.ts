/** Reads the text of a key, forgiving what copying and environment variables do to it. */
import { type IdentifiedDer, identifyDer, type KeyFormat } from './key-format.js';

export interface KeyText extends IdentifiedDer {
  /** What stands after BEGIN, when the text has such a line. */
  label?: string;
  /** The key in base64, one line; of use only where `algorithm` is known. */
  base64: string;
}

/** What a BEGIN line promises, for keys whose bytes do not tell. */
const formats: Readonly<Record<string, KeyFormat>> = {
  'PRIVATE KEY': 'pkcs8',
  'PUBLIC KEY': 'spki',
  'RSA PRIVATE KEY': 'pkcs1-private',
  'RSA PUBLIC KEY': 'pkcs1-public',
  'EC PRIVATE KEY': 'sec1',
  CERTIFICATE: 'certificate',
  'TRUSTED CERTIFICATE': 'certificate',
};

/**
 * What kind of key `text` is. Its bytes decide; where they cannot be read, its BEGIN line. Of several keys and
 * certificates in one text the private key counts.
 *
 * Forgiven: literal `\n` and `\r\n`, also doubly escaped; CRLF; lines joined with spaces or nothing; indentation; a
 * byte order mark; quotes; text around the key; missing BEGIN and END lines; the whole file in base64 once more.
 */
export function readKeyText(text: string): KeyText {
  const plain = text.replace(/\\+[rnt]/g, '\n').replace(/[\\"'`\uFEFF]/g, '');
  const bare = plain.replace(/\s/g, '');
  // base64 of "-----BEGIN": secret stores often hold files so.
  if (bare.startsWith('LS0tLS1CRUdJTi')) return readKeyText(decode(bare) ?? '');
  const blocks = [...plain.matchAll(/-----\s*BEGIN ([A-Z\d ]*?)\s*-----(.*?)(-----|$)/gs)];
  const block = blocks.find(([, label = '']) => /PRIVATE KEY$/.test(label)) ?? blocks[0];
  if (!block) {
    const found = identify(bare);
    // So long a text of such characters alone is a key that a character was lost of.
    return found.format === 'unknown' && /^(?!ssh-)[\w+/=-]{100,}$/.test(bare)
      ? { ...found, format: 'damaged' }
      : found;
  }
  const [, label = '', body = '', end] = block;
  if (/ENCRYPTED/.test(label + body)) return { format: 'encrypted', label, base64: '' };
  const found = identify(body.replace(/\s/g, ''));
  // Without its END line the text is what a reader of single lines left of several.
  if (end && found.format !== 'unknown' && found.format !== 'damaged') return { ...found, label };
  return { format: formats[label] ?? 'unknown', label, base64: '' };
}

/** What only the text of a private key has: its BEGIN line, or the private exponent of a JWK. */
export const PRIVATE = /PRIVATE KEY|"d"\s*:/;

/** Whether `text` is a key, or a set of keys, in JSON (RFC 7517). */
export const isJwk = (text: string): boolean => /^\s*[{[]/.test(text) && /"(kty|keys)"\s*:/.test(text);

function identify(base64: string): KeyText {
  const binary = decode(base64);
  if (!binary) return { format: 'unknown', base64: '' };
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  return { ...identifyDer(bytes), base64 };
}

function decode(base64: string): string | undefined {
  try {
    return atob(base64);
  } catch {
    return undefined;
  }
}
