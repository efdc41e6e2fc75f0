/**
 * One RSA pair, as the tools of our readers write it.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCommand } from '../support/find-command.js';

const folder = mkdtempSync(join(tmpdir(), 'live-assist-bridge-keys-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const skipped = 'Keys as other tools write them';
const tool = (command: string, probe: string, needs: string) =>
  findCommand([command], [probe], { skipped: `${skipped}: ${command}`, needs });

export const has = {
  openssl: tool('openssl', 'version', 'openssl'),
  sshKeygen: existsSync('/usr/bin/ssh-keygen') ? 'ssh-keygen' : undefined,
  puttygen: tool('puttygen', '--version', 'putty-tools'),
  keytool: tool('keytool', '-help', 'a JDK'),
  php: tool('php', '--version', 'php-cli'),
};

/** Runs a program in the folder of the keys and returns what it printed, errors included. */
export const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

export const path = (name: string) => join(folder, name);
export const read = (name: string) => readFileSync(path(name), 'utf8');
export const bytesOf = (name: string) => readFileSync(path(name));
export const base64Of = (name: string) => bytesOf(name).toString('base64');
export const write = (name: string, text: string) => writeFileSync(path(name), text, { mode: 0o600 });

run('openssl', 'genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'private_key.pem');
run('openssl', 'pkey', '-in', 'private_key.pem', '-pubout', '-out', 'public_key.pem');
run('openssl', 'rsa', '-in', 'private_key.pem', '-traditional', '-out', 'pkcs1.pem');
run(
  'openssl',
  'req',
  '-x509',
  '-key',
  'private_key.pem',
  '-subj',
  '/CN=larkfield',
  '-out',
  'certificate.pem',
);
run('openssl', 'req', '-new', '-key', 'private_key.pem', '-subj', '/CN=larkfield', '-out', 'request.pem');
run(
  'openssl',
  ...'pkcs12 -export -inkey private_key.pem -in certificate.pem -passout pass:secret -out key.pfx'.split(' '),
);

export const privatePem = read('private_key.pem');
export const publicPem = read('public_key.pem');
/** The value that belongs in Live Assist. */
export const line = publicPem.replace(/-----.*?-----|\s/g, '');
export const jwk = {
  private: createPrivateKey(privatePem).export({ format: 'jwk' }),
  public: createPublicKey(publicPem).export({ format: 'jwk' }),
};

const plain = (value = '') => Buffer.from(value, 'base64url').toString('base64');
/** What .NET's ToXmlString prints. */
export const xml = {
  public: `<RSAKeyValue><Modulus>${plain(jwk.public.n)}</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>`,
  private: `<RSAKeyValue><Modulus>${plain(jwk.private.n)}</Modulus><Exponent>AQAB</Exponent><P>${plain(jwk.private.p)}</P><Q>${plain(jwk.private.q)}</Q><DP>${plain(jwk.private.dp)}</DP><DQ>${plain(jwk.private.dq)}</DQ><InverseQ>${plain(jwk.private.qi)}</InverseQ><D>${plain(jwk.private.d)}</D></RSAKeyValue>`,
};
/** What `az keyvault key show` prints: a public key with the names of the private fields. */
export const azure = JSON.stringify(
  {
    attributes: { enabled: true, exportable: false },
    key: {
      ...{ crv: null, d: null, dp: null, dq: null, k: null, p: null, q: null, qi: null },
      ...{ e: jwk.public.e, kty: 'RSA', n: jwk.public.n, keyOps: ['sign', 'verify'] },
      kid: 'https://larkfield.vault.azure.net/keys/live-assist/1',
    },
  },
  null,
  2,
);
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').toString('utf8');
const indent = (text: string) => text.replace(/^(?=.)/gm, '  ');

const der = Buffer.from(privatePem.replace(/-----.*?-----|\s/g, ''), 'base64');
const publicDer = Buffer.from(line, 'base64');
writeFileSync(path('key.der'), der, { mode: 0o600 });
writeFileSync(path('public.der'), publicDer);
/** What od prints (the words of hexdump are in its last form). */
const dump = (name: string, ...args: string[]) => run('od', ...args, name);
/** Source code with the text in strings of 70 characters. */
const inStrings = (text: string, joint: string) =>
  (text.match(/.{1,70}/g) ?? []).map((part) => JSON.stringify(part)).join(joint);
/** What .NET's JSON serialiser makes of it. */
const ofDotNet = (text: string) => JSON.stringify({ Key: text }).replaceAll('+', '\\u002B');
/** Python shows printable bytes as they are. */
const pythonBytes = (bytes: Buffer) =>
  `b'${[...bytes].map((byte) => (byte > 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`)).join('')}'`;

const lines = (...parts: string[]) => parts.join('\n');

/** Private keys. None of them may be mistaken for anything else. */
export const privateKeys: Readonly<Record<string, string | undefined>> = {
  'PKCS#8': privatePem,
  'PKCS#1': read('pkcs1.pem'),
  'openssl rsa -text': run('openssl', 'rsa', '-in', 'private_key.pem', '-text', '-noout'),
  'openssl pkey -text': run('openssl', 'pkey', '-in', 'private_key.pem', '-text'),
  'openssl pkcs12 -nodes': run('openssl', ...'pkcs12 -in key.pfx -passin pass:secret -nodes'.split(' ')),
  'base64 of a PKCS#12 file': base64Of('key.pfx'),
  'a PKCS#12 file in lines of base64': base64Of('key.pfx').replace(/.{76}/g, '$&\n'),
  'an encrypted key': run('openssl', ...'pkcs8 -topk8 -in private_key.pem -passout pass:secret'.split(' ')),
  'a JWK': JSON.stringify(jwk.private, null, 2),
  'a JWK as a JSON string': JSON.stringify(JSON.stringify(jwk.private)),
  'a JWK in base64': Buffer.from(JSON.stringify(jwk.private)).toString('base64'),
  'a set of JWKs': JSON.stringify({ keys: [jwk.public, jwk.private] }),
  'a JWK as Node prints it': `{ kty: 'RSA', n: '${jwk.private.n}', e: 'AQAB', d: '${jwk.private.d}' }`,
  'a JWK as Python prints it': `{'kty': 'RSA', 'd': '${jwk.private.d}', 'n': '${jwk.private.n}'}`,
  'a JWK as Ruby prints it': `{"kty"=>"RSA", "n"=>"${jwk.private.n}", "d"=>"${jwk.private.d}"}`,
  'a service account of Google': JSON.stringify({ type: 'service_account', private_key: privatePem }),
  ".NET's XML": xml.private,
  ".NET's XML, escaped": xml.private.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  'hexadecimal of DER': Buffer.from(privatePem.replace(/-----.*?-----|\s/g, ''), 'base64').toString('hex'),
  'UTF-16 read as UTF-8': utf16(privatePem),
  'a line of .env': `LIVE_ASSIST_PRIVATE_KEY="${privatePem.replaceAll('\n', '\\n')}"`,
  YAML: `privateKey: |\n${indent(privatePem)}`,
  'typographic dashes': privatePem.replaceAll('-----', '—–'),
  'the BEGIN line lost': privatePem.replace(/-----BEGIN.*\n/, ''),
  'the first character of one line lost': privatePem.replace(/-----.*?-----|\s/g, '').slice(1),
  'a certificate before it': lines(read('certificate.pem'), privatePem),
  'code around it': privatePem.trim().replace(/^(.*)$/gm, '  "$1\\n" +'),
  'the bytes as od prints them': dump('key.der', '-tx1'),
  'the bytes as hexdump prints them': dump('key.der', '-tx2'),
  'the file as od prints it': dump('private_key.pem', '-tx1'),
  'openssl asn1parse': run('openssl', 'asn1parse', '-in', 'private_key.pem'),
  '.NET’s BitConverter': der.toString('hex').replace(/..(?!$)/g, '$&-'),
  'an array of C#': `new byte[] { ${[...der].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ')} }`,
  'a Buffer of Node in JSON': JSON.stringify(der),
  'bytes of Java': `[${[...Int8Array.from(der)].join(', ')}]`,
  'bytes of Python': pythonBytes(der),
  'hexadecimal of a PKCS#12 file': readFileSync(path('key.pfx')).toString('hex'),
  'JSON of .NET': ofDotNet(privatePem.replace(/-----.*?-----|\s/g, '')),
  'a form’s data': `key=${encodeURIComponent(privatePem)}`,
  'a JWK in an address': encodeURIComponent(JSON.stringify(jwk.private)),
  'base64 of UTF-16': Buffer.from(privatePem, 'utf16le').toString('base64'),
  'the second half': privatePem.slice(700, 1500),
  'strings of C#': `var key = ${inStrings(privatePem.replace(/-----.*?-----|\s/g, ''), '\n  + ')};`,
  ".NET's RSAParameters": JSON.stringify({
    D: plain(jwk.private.d),
    Modulus: plain(jwk.private.n),
    Exponent: 'AQAB',
  }),
  'a JWK without d': JSON.stringify({ ...jwk.public, p: jwk.private.p, q: jwk.private.q }),
  ...(has.puttygen && {
    'PuTTY (.ppk)': puttygen('private', 'key.ppk'),
    'ssh.com': puttygen('private-sshcom', 'key.sshcom'),
    OpenSSH: puttygen('private-openssh-new', 'key.openssh'),
  }),
  ...(has.keytool && {
    'base64 of a Java key store (JKS)': keystore('JKS'),
    'base64 of a Java key store (JCEKS)': keystore('JCEKS'),
  }),
  ...(has.php && {
    'PHP’s openssl_pkey_export': run(
      'php',
      '-r',
      'openssl_pkey_export(file_get_contents("private_key.pem"), $out); var_dump($out);',
    ),
  }),
};

/** Public keys of the same pair. Names of private fields in them do not make them private. */
export const publicKeys: Readonly<Record<string, string | undefined>> = {
  'az keyvault key show': azure,
  'a JWK': JSON.stringify(jwk.public),
  ".NET's XML": xml.public,
  'a certificate': read('certificate.pem'),
  'openssl x509 -text': run('openssl', ...'x509 -in certificate.pem -text'.split(' ')),
  'openssl pkcs12 -nokeys (Bag Attributes)': run(
    'openssl',
    ...'pkcs12 -in key.pfx -passin pass:secret -nokeys'.split(' '),
  ),
  'the bytes as od prints them': dump('public.der', '-tx1'),
  'the bytes as hexdump prints them': dump('public.der', '-tx2'),
  'the file as od prints it': dump('public_key.pem', '-tx1'),
  '.NET’s BitConverter': publicDer.toString('hex').replace(/..(?!$)/g, '$&-'),
  'bytes of Java': `[${[...Int8Array.from(publicDer)].join(', ')}]`,
  'bytes of Python': pythonBytes(publicDer),
  'JSON of .NET': ofDotNet(line),
  'a form’s data': encodeURIComponent(line),
  'base64 of UTF-16': Buffer.from(publicPem, 'utf16le').toString('base64'),
  'strings of C#': `var key = ${inStrings(line, '\n  + ')};`,
  ".NET's RSAParameters": JSON.stringify({ D: null, Modulus: plain(jwk.public.n), Exponent: 'AQAB' }),
  'a certificate request': read('request.pem'),
  'openssl pkey -text': run('openssl', ...'pkey -pubin -in public_key.pem -text -noout'.split(' ')),
  'openssl pkey -text with the PEM': run('openssl', ...'pkey -pubin -in public_key.pem -text'.split(' ')),
  '"writing RSA key" before it': `writing RSA key\n${publicPem}`,
  YAML: `publicKey: |\n${indent(publicPem)}`,
  'one line of YAML': `publicKey: ${line}`,
  'UTF-16 read as UTF-8': utf16(publicPem),
  'typographic dashes': publicPem.replaceAll('-----', '—–'),
  'German quotation marks': `„${line}“`,
  'French quotation marks': `« ${line} »`,
  'base64 once more': Buffer.from(publicPem).toString('base64'),
  'a BEGIN line that says PRIVATE': publicPem.replaceAll('PUBLIC', 'PRIVATE'),
  'PKCS#1': run('openssl', ...'rsa -pubin -in public_key.pem -RSAPublicKey_out'.split(' ')),
  ...(has.puttygen && { 'PuTTYgen (SSH2)': puttygen('public', 'key.ssh2') }),
  ...(has.puttygen && { OpenSSH: puttygen('public-openssh', 'key.pub') }),
  'a certificate named PRIVATE KEY': `Bag Attributes\n    friendlyName: my PRIVATE KEY\n${read('certificate.pem')}`,
};

function puttygen(type: string, name: string): string {
  run('puttygen', 'pkcs1.pem', '-O', type, '-o', name);
  return read(name);
}

function keystore(type: 'JKS' | 'JCEKS'): string {
  const name = `key.${type.toLowerCase()}`;
  const passwords = '-srcstorepass secret -deststorepass changeit -destkeypass changeit'.split(' ');
  const stores = ['-srckeystore', 'key.pfx', '-destkeystore', name, '-deststoretype', type];
  run('keytool', '-importkeystore', '-noprompt', ...stores, ...passwords);
  return base64Of(name);
}
