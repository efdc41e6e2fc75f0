/**
 * Every kind of key file that a reader may have.
 *
 * @module
 */
import { generateKeyPairSync } from 'node:crypto';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed25519 = generateKeyPairSync('ed25519');

const passphrase = 'correct horse';
const text = (pem: string | Buffer) => String(pem);

export const privateKeys = {
  pkcs8: text(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  pkcs1: text(rsa.privateKey.export({ type: 'pkcs1', format: 'pem' })),
  encrypted: text(rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })),
  encryptedPkcs1: text(
    rsa.privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase }),
  ),
  short: text(short.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  pss: text(pss.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  ec: text(ec.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  sec1: text(ec.privateKey.export({ type: 'sec1', format: 'pem' })),
  ed25519: text(ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' })),
};

export const publicKeys = {
  spki: text(rsa.publicKey.export({ type: 'spki', format: 'pem' })),
  pkcs1: text(rsa.publicKey.export({ type: 'pkcs1', format: 'pem' })),
  short: text(short.publicKey.export({ type: 'spki', format: 'pem' })),
  pss: text(pss.publicKey.export({ type: 'spki', format: 'pem' })),
  ec: text(ec.publicKey.export({ type: 'spki', format: 'pem' })),
  ed25519: text(ed25519.publicKey.export({ type: 'spki', format: 'pem' })),
};

/** The text between BEGIN and END, on one line. */
export const body = (pem: string) => pem.replace(/-----.*?-----|\s/g, '');

/** What environment variables, editors and secret stores do to a key. */
export const mangle: Readonly<Record<string, (pem: string) => string>> = {
  'nothing changed': (pem) => pem,
  'literal \\n': (pem) => pem.replaceAll('\n', '\\n'),
  'doubly escaped \\n': (pem) => pem.replaceAll('\n', '\\\\n'),
  'literal \\r\\n': (pem) => pem.replaceAll('\n', '\\r\\n'),
  'literal \\n before every real line break': (pem) => pem.replaceAll('\n', '\\n\n'),
  'a backslash at each end of line': (pem) => pem.replaceAll('\n', '\\\n'),
  CRLF: (pem) => pem.replaceAll('\n', '\r\n'),
  'CR alone': (pem) => pem.replaceAll('\n', '\r'),
  'a byte order mark': (pem) => `\uFEFF${pem}`,
  'double quotes': (pem) => `"${pem}"`,
  'single quotes': (pem) => `'${pem}'`,
  'quotes around literal \\n': (pem) => `"${pem.replaceAll('\n', '\\n')}"`,
  'a JSON string': (pem) => JSON.stringify(pem),
  'spaces for line breaks': (pem) => pem.replaceAll('\n', ' '),
  'no line breaks at all': (pem) => pem.replaceAll('\n', ''),
  indentation: (pem) => pem.replaceAll('\n', '\n    '),
  'blank lines around': (pem) => `\n\n${pem}\n\n`,
  'text before it': (pem) =>
    `Bag Attributes\n    friendlyName: live-assist\nKey Attributes: <No Attributes>\n${pem}`,
  'base64 once more': (pem) => btoa(pem),
  'BEGIN and END lines lost': body,
};

/** What programs make of a private key that they print, store or send. */
export const written: Readonly<Record<string, (pem: string) => string>> = {
  'a line of .env': (pem) => `LIVE_ASSIST_PRIVATE_KEY="${pem.replaceAll('\n', '\\n')}"`,
  YAML: (pem) => `privateKey: |\n${pem.replace(/^(?=.)/gm, '  ')}`,
  'one line of YAML': (pem) => `privateKey: ${body(pem)}`,
  'an object of JSON': (pem) => JSON.stringify({ type: 'service_account', private_key: pem }),
  'a member of JSON before another, without padding': (pem) =>
    JSON.stringify({ privateKey: body(pem).replace(/=+$/, ''), issuer: 'www.example.com' }),
  'a list of JSON with the key twice': (pem) => JSON.stringify([body(pem), body(pem)]),
  'JSON of .NET': (pem) => JSON.stringify({ Key: body(pem) }).replaceAll('+', '\\u002B'),
  'a form': (pem) => `key=${encodeURIComponent(pem)}`,
  'a form, with plus signs for blanks': (pem) => `${new URLSearchParams({ key: pem })}`,
  'strings of C#': (pem) =>
    `var key = ${(body(pem).match(/.{1,70}/g) ?? []).map((part) => JSON.stringify(part)).join('\n  + ')};`,
  'strings with line breaks': (pem) => pem.trim().replace(/^(.*)$/gm, '  "$1\\n" +'),
  'a string of Python': (pem) => `b'${pem.replaceAll('\n', '\\n')}'`,
  'what PHP dumps': (pem) => `string(${pem.length}) "${pem}"\n`,
  'German quotation marks': (pem) => `„${body(pem)}“`,
  'typographic dashes': (pem) => pem.replaceAll('-----', '—–'),
  'base64 of UTF-16': (pem) => Buffer.from(pem, 'utf16le').toString('base64'),
  'the bytes of UTF-16': (pem) => Buffer.from(`\ufeff${pem}`, 'utf16le').toString('latin1'),
};
