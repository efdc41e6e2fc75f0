/**
 * Finds keys between BEGIN and END lines.
 *
 * @module
 */
import { decodeKey, fromBytes, noKey, type ReadKey } from './found-key.js';
import { identifyKey } from './key-bytes.js';
import { base64In, betweenStrings } from './plain-text.js';

const MARK = /\b(BEGIN|END)[ \t]{1,3}([A-Z\d][A-Z\d ]{0,32}?)[ \t]{0,3}(?:-{1,9}|(?=[\r\n])|$)/g;

/** Finds the keys between BEGIN and END lines. One of the two lines may be missing. */
export function* pemBlocks(text: string): Generator<ReadKey> {
  const marks = [...text.matchAll(MARK)];
  for (const [index, mark] of marks.entries()) {
    const [all, word, label = ''] = mark;
    const [previous, next] = [marks[index - 1], marks[index + 1]];
    const bodyStart = mark.index + all.length;
    if (word === 'BEGIN') {
      const isClosed = next?.[1] === 'END';
      const body = text.slice(bodyStart, next?.index);
      const after = isClosed ? text.slice(next.index + next[0].length) : '';
      const isAlone = marks.length <= 2 && !/[\p{L}\d]/u.test(text.slice(0, mark.index) + after);
      yield block(label, body, isClosed, !isAlone);
    } else if (previous?.[1] !== 'BEGIN') {
      yield block(label, text.slice(previous?.index ?? 0, mark.index), false, false);
    }
  }
}

/**
 * Base64 directly after the label, with at most punctuation and HTML tags between. A sentence that names the label
 * continues with words.
 */
const KEY_FOLLOWS = /^(?:[^\p{L}\d<]|<[^<>]{0,99}>)*[A-Za-z\d][\w+/=-]{15}/u;

function block(label: string, body: string, isClosed: boolean, surrounded: boolean): ReadKey {
  // A header line of the block itself, such as "Comment:" or "Proc-Type:", ends with a blank line or a base64 line.
  const headers = /^\s*(?:[A-Z][\w-]{1,30}: [^\n]*(?:\\\n[^\n]*)*\n\s*)+/.exec(body)?.[0] ?? '';
  const content = body
    .slice(headers.length)
    .replace(/^-+/, '')
    .trimEnd()
    .replace(/(?<!-)-+$/, '');
  const base64 = base64In(content.replace(betweenStrings, ''));
  const named = { ...noKey, label, surrounded };
  if (/ENCRYPTED/.test(headers) || (/ENCRYPTED/.test(label) && !/SSH2/.test(label)))
    return { ...named, kind: 'private', form: 'encrypted' };
  const bytes = decodeKey(base64);
  const found = bytes && identifyKey(bytes);
  if (found && (isClosed || found.kind !== 'public')) {
    const key = { ...named, ...fromBytes(found, base64), whole: found.whole && isClosed };
    const isRequest = key.kind === 'certificate' && /REQUEST/.test(label);
    // The same bytes as OpenSSH's, in a file that OpenSSH reads only after it was converted.
    if (key.form === 'ssh' && /SSH2/.test(label)) return { ...key, form: 'ssh2' };
    return isRequest ? { ...key, form: 'certificate request' } : key;
  }
  if (/PRIVATE KEY/.test(label) && (KEY_FOLLOWS.test(content) || /^MI[\w+/]{14}/.test(base64)))
    return { ...named, kind: 'private', form: formOfLabel(label), base64 };
  return { ...named, kind: 'damaged', form: formOfLabel(label) };
}

function formOfLabel(label: string): ReadKey['form'] {
  const forms: Readonly<Record<string, ReadKey['form']>> = {
    'PRIVATE KEY': 'pkcs8',
    'PUBLIC KEY': 'spki',
    'RSA PRIVATE KEY': 'pkcs1',
    'RSA PUBLIC KEY': 'pkcs1',
    'EC PRIVATE KEY': 'sec1',
    'OPENSSH PRIVATE KEY': 'openssh',
    'SSH2 PUBLIC KEY': 'ssh2',
    'SSH2 ENCRYPTED PRIVATE KEY': 'sshcom',
    PKCS7: 'pkcs7',
    CERTIFICATE: 'certificate',
    'TRUSTED CERTIFICATE': 'certificate',
    'X509 CERTIFICATE': 'certificate',
    'CERTIFICATE REQUEST': 'certificate request',
    'NEW CERTIFICATE REQUEST': 'certificate request',
  };
  return forms[label] ?? (label.startsWith('PGP') ? 'pgp' : 'other');
}

const PEM =
  /(?:^|["'`])[ \t]*-----BEGIN ([A-Z\d ]+)-----[ \t]*\r?\n(?:[ \t]*[\w+/=]{1,76}[ \t]*\r?\n)+[ \t]*-----END \1-----/m;

export function isPem(text: string, { label, form }: ReadKey): boolean {
  return label !== undefined && formOfLabel(label) === form && PEM.exec(text)?.[1] === label;
}
