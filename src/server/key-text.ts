/** Reads the text of a key, forgiving what copying and environment variables do to it. */
import { type IdentifiedDer, identifyDer } from './der.js';

export interface KeyText extends IdentifiedDer {
  /** What stands after BEGIN, when the text has such a line. */
  label?: string;
  /** The key in base64, one line. */
  base64: string;
}

/**
 * What kind of key `text` is, whatever its BEGIN line says.
 *
 * Forgiven: literal `\n` and `\r\n`, also doubly escaped; CRLF; lines joined with spaces or nothing; indentation; a
 * byte order mark; quotes; the BEGIN and END lines missing; the whole file in base64 once more.
 */
export function readKeyText(text: string): KeyText {
  const plain = text.replace(/\\+[rnt]/g, '\n').replace(/[\\"'`\uFEFF]/g, '');
  const bare = plain.replace(/\s/g, '');
  // base64 of "-----BEGIN", as secrets stores hold files.
  if (bare.startsWith('LS0tLS1CRUdJTi')) return readKeyText(decode(bare) ?? '');
  const armour = /-----\s*BEGIN ([A-Z\d ]*?)\s*-----/.exec(plain);
  if (!armour) return identify(bare);
  const label = armour[1] ?? '';
  const [body = '', ...rest] = plain.slice(armour.index + armour[0].length).split('-----');
  const found = identify(body.replace(/\s/g, ''));
  if (/ENCRYPTED/.test(label + body)) return { ...found, label, format: 'encrypted' };
  // A BEGIN line without its END line: a reader kept the first lines of several.
  return rest.length === 0 ? { ...found, label, format: 'damaged' } : { ...found, label };
}

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
