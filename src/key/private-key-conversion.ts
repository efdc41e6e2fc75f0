/**
 * Says how to convert a private key of another tool to PKCS#8 PEM.
 *
 * @module
 */
import { KeyError, type KeyErrorCode } from './key-error.js';
import type { ReadKey } from './read/found-key.js';
import { fromBase64Text, inOrder, pkcs12OfKeystore, privateKeyOfPkcs12 } from './remedy-commands.js';

const toPkcs8 = 'openssl pkcs8 -topk8 -nocrypt -in private_key.pem -out private_key.pkcs8.pem';
const inDotNet = '`rsa.ExportPkcs8PrivateKeyPem()` (.NET 7 or later).';
const fromPuttygen = (file: string) =>
  `Export it, then convert it: ${inOrder(`puttygen ${file} -O private-openssh -o private_key.pem`, toPkcs8)}.`;
const printed = 'Use the file it was printed from, which begins with -----BEGIN PRIVATE KEY-----.';

type Conversion = readonly [code: KeyErrorCode, message: (key: ReadKey) => string];

const conversions: Readonly<Partial<Record<ReadKey['form'], Conversion>>> = {
  pkcs1: ['pkcs1', (key) => `The private key is in PKCS#1 format. Convert it to PKCS#8: ${fromFile(key)}.`],
  encrypted: [
    'encrypted',
    (key) =>
      `The private key is encrypted with a passphrase. Decrypt it, and keep the result in a secret store: ${fromFile(key)}.`,
  ],
  jwk: [
    'not-a-key',
    () =>
      'The private key is a JWK, a key in JSON. Give a CryptoKey instead; with jose: `await importJWK(jwk, "RS256")`',
  ],
  openssh: [
    'not-a-key',
    () =>
      `The private key is in the format of OpenSSH. Convert a copy of its file, in place: ${inOrder('ssh-keygen -p -P "" -N "" -m PKCS8 -f private_key.pem')}.`,
  ],
  putty: ['not-a-key', () => `The private key is in the format of PuTTY. ${fromPuttygen('key.ppk')}`],
  sshcom: ['not-a-key', () => `The private key is in the format of ssh.com. ${fromPuttygen('key.txt')}`],
  xml: [
    'not-a-key',
    () =>
      `The private key is in .NET's own format (XML or RSAParameters). Export it as PKCS#8 instead: ${inDotNet}`,
  ],
  'openssl-text': [
    'not-a-key',
    () => `This is a printout of a private key (openssl -text), not the key. ${printed}`,
  ],
  printout: ['not-a-key', () => `This is a printout of a private key, not the key. ${printed}`],
  pkcs12: [
    'not-a-key',
    () =>
      `The private key is a PKCS#12 file (.pfx, .p12) in base64. Decode it, then take the key out: ${fromBase64Text('key.pfx', privateKeyOfPkcs12)}.`,
  ],
  'java-keystore': [
    'not-a-key',
    () =>
      `The private key is a Java key store in base64. Decode it, convert it, then take the key out: ${fromBase64Text('key.jks', pkcs12OfKeystore, privateKeyOfPkcs12)}.`,
  ],
  'windows-blob': [
    'not-a-key',
    () => `The private key is a Windows key blob (PVK or CSP). Export it as PKCS#8 PEM: ${inDotNet}`,
  ],
};

/** A key without BEGIN and END lines has to become a file that openssl reads. */
function fromFile({ label, encodedTwice, inNumbers }: ReadKey): string {
  if (label !== undefined)
    return encodedTwice ? fromBase64Text('private_key.pem', toPkcs8) : inOrder(toPkcs8);
  const ofDer = toPkcs8.replace('-in private_key.pem', '-inform DER -in key.der');
  return inNumbers ? inOrder(ofDer) : fromBase64Text('key.der', ofDer);
}

/** Returns why a private key of this form cannot be used as it is, or `undefined` for PKCS#8. */
export function refusePrivateForm(key: ReadKey): KeyError | undefined {
  const { form, label } = key;
  const [code, message] = conversions[form] ?? [];
  if (code && message) return new KeyError(code, message(key));
  return form === 'pkcs8'
    ? undefined
    : new KeyError(
        'not-a-key',
        `The private key is of the kind "${label ?? form}". It must begin with -----BEGIN PRIVATE KEY-----.`,
      );
}
