/**
 * Reads a key from text. The minter, the commands, `diagnose` and its page all use this reader.
 *
 * @module
 */
import { fromBase64, toBase64 } from '../base64.js';
import { readElement, SEQUENCE } from '../der.js';
import { wrapPkcs1 } from '../rsa-key.js';
import { dumpedBytes } from './byte-dump.js';
import { type ByteForm, identifyKey, isCutPrivateKey, type KeyBytes } from './key-bytes.js';
import { type Notation, readNotation } from './key-notations.js';
import { base64In, betweenStrings, plainText } from './plain-text.js';

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

const nothing: ReadKey = {
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
const longest = 60_000;

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

/** The whole public keys in the text that are written in base64, as often as they occur. */
export function publicKeysIn(text: string): ReadKey[] {
  const plain = plainText(text);
  const isPublic = (key: ReadKey | undefined) =>
    key?.kind === 'public' && key.whole && key.spki !== undefined;
  const blocks = [...pemBlocks(plain)].filter(isPublic);
  if (blocks.length > 0) return blocks;
  const found = runs(plain).map((run) => bare(run, 3));
  return found.filter((key) => key !== undefined).filter(isPublic);
}

function read(text: string, depth: number, kid?: string): ReadKey {
  const plain = plainText(text);
  const found = [...pemBlocks(plain), notation(plain, kid), bare(plain, depth, kid)].filter(
    (key) => key !== undefined,
  );
  const [best = nothing] = found.toSorted((a, b) => rank(a) - rank(b));
  if (best.kind === 'none' || best.kind === 'damaged') return inNumbers(text, depth) ?? best;
  return { ...best, isPem: best.isPem || isPem(plain, best) };
}

const PEM =
  /(?:^|["'`])[ \t]*-----BEGIN ([A-Z\d ]+)-----[ \t]*\r?\n(?:[ \t]*[\w+/=]{1,76}[ \t]*\r?\n)+[ \t]*-----END \1-----/m;

function isPem(text: string, { label, form }: ReadKey): boolean {
  return label !== undefined && formOfLabel(label) === form && PEM.exec(text)?.[1] === label;
}

/** A key whose bytes, or those of its PEM file, are written as numbers. */
function inNumbers(text: string, depth: number): ReadKey | undefined {
  if (text.length > longest || depth > 2) return undefined;
  for (const dumped of dumpedBytes(text)) {
    const outer = readElement(dumped, 0);
    // The last line of a dump may bring along what stands beside the bytes.
    const bytes = outer?.tag === SEQUENCE ? dumped.slice(0, outer.end) : dumped;
    const found = identifyKey(bytes);
    if (found) return { ...nothing, ...fromBytes(found, toBase64(bytes)), surrounded: true, inNumbers: true };
    const inner = decodedText(dumped);
    const key = inner === undefined ? nothing : read(inner, depth + 1);
    if (key.kind !== 'none' && key.kind !== 'damaged') return { ...key, inNumbers: true };
  }
  return undefined;
}

function rank({ kind, form, spki }: ReadKey): number {
  if (kind === 'private') return 0;
  // A JWK may have its numbers in a certificate alone.
  if (kind === 'public') return form === 'spki' ? 1 : spki ? 2 : 4;
  return kind === 'certificate' ? 3 : 5;
}

function notation(text: string, kid?: string): ReadKey | undefined {
  const found = readNotation(text, kid);
  const spki = found?.publicPart && wrapPkcs1(found.publicPart);
  return found && { ...nothing, ...found, spki, whole: true };
}

const MARK = /\b(BEGIN|END)[ \t]{1,3}([A-Z\d][A-Z\d ]{0,32}?)[ \t]{0,3}(?:-{1,9}|(?=[\r\n])|$)/g;

/** Finds the keys between BEGIN and END lines. One of the two lines may be missing. */
function* pemBlocks(text: string): Generator<ReadKey> {
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

/** Base64 right behind the label, after punctuation and HTML tags at most. A sentence that names the label goes on in words. */
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
  const named = { ...nothing, label, surrounded };
  if (/ENCRYPTED/.test(headers) || (/ENCRYPTED/.test(label) && !/SSH2/.test(label)))
    return { ...named, kind: 'private', form: 'encrypted' };
  const bytes = decode(base64);
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

function fromBytes(
  found: KeyBytes,
  base64: string,
): Omit<ReadKey, 'label' | 'isPem' | 'surrounded' | 'encodedTwice' | 'inNumbers'> {
  const { publicPart, ...key } = found;
  const isNaked = key.form === 'pkcs1' || key.form === 'ssh';
  return { ...key, base64, spki: publicPart && isNaked ? wrapPkcs1(publicPart) : publicPart };
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

/** A key without BEGIN and END lines. */
function bare(text: string, depth: number, kid?: string): ReadKey | undefined {
  if (text.length > longest) return undefined;
  const named = /^\s*["']?[\w.-]{1,60}["']?\s{0,9}[:=]\s*(?:[|>][+-]?\s+)?(?=\S)/.exec(text)?.[0] ?? '';
  const candidates = [
    text,
    text.slice(named.length),
    // First the strings joined: one alone looks like a key that is cut.
    ...runs(text.replace(betweenStrings, '')),
    ...runs(text),
  ];
  const found: ReadKey[] = [];
  for (const candidate of new Set(candidates)) {
    const base64 = base64In(candidate).replace(/(?<![,;])[,;]+$/, '');
    const bytes = decode(base64);
    if (!bytes || bytes.length < 40) continue;
    const surrounded = candidate !== text;
    const identified = identifyKey(bytes);
    if (identified) {
      const key = { ...nothing, ...fromBytes(identified, base64), surrounded };
      found.push(key);
      // A text that is this key alone holds no other.
      if (key.whole && (key.kind === 'private' || !surrounded)) return key;
      continue;
    }
    if (isCutPrivateKey(fromBase64, base64))
      return { ...nothing, kind: 'private', form: 'pkcs8', base64, surrounded };
    const inner = depth < 3 ? decodedText(bytes) : undefined;
    const key = inner === undefined ? nothing : read(inner, depth + 1, kid);
    if (key.kind === 'none' || key.kind === 'damaged') continue;
    found.push({ ...key, encodedTwice: true });
    if (key.kind === 'private' && key.whole) return { ...key, encodedTwice: true };
  }
  const best = found.find(({ kind }) => kind === 'private') ?? found.find(({ whole }) => whole) ?? found[0];
  if (best) return best;
  // A text of base64 characters this long is a key that lost some of its characters.
  const base64 = base64In(text);
  return /^(?!ssh-)[\w+/]{100,}=*$/.test(base64) ? { ...nothing, kind: 'damaged', base64 } : undefined;
}

/** Returns long runs of base64 that begin like a key. */
function runs(text: string): string[] {
  return (
    text.match(/(?<![\w+/])(?:MI[IGCHEF]|AAAAB3NzaC1|LS0tLS1CRUdJTi|eyJrdHkiOi)[\w+/-]{60,}={0,2}/g) ?? []
  );
}

function decode(base64: string): Uint8Array<ArrayBuffer> | undefined {
  return /^[\w+/]+={0,2}$/.test(base64) ? fromBase64(base64) : undefined;
}

/** The bytes as text, if that is what they are: a file that was encoded once more. PowerShell encodes UTF-16. */
function decodedText(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.filter((byte) => byte !== 0)).replace(/^\ufffd+/, '');
  return /^[\s\ufeff]*[\x20-\x7e\s]{40}/.test(text) ? text : undefined;
}
