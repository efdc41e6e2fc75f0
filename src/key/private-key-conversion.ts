/**
 * Names the command that converts a private key of another tool to PKCS#8 PEM.
 *
 * @module
 */
import { KeyError, type KeyErrorCode } from './key-error.js';
import type { ReadKey } from './read/read-key.js';

const toPkcs8 = 'openssl pkcs8 -topk8 -nocrypt -in private_key.pem -out private_key.pkcs8.pem';
const fromPkcs12 = 'openssl pkcs12 -in key.pfx -nocerts -nodes -out private_key.pem';
const decode = 'openssl base64 -d -A -in key.txt -out';
const fromPuttygen = `Export it, then convert it: puttygen key.ppk -O private-openssh -o private_key.pem, and: ${toPkcs8}`;

const conversions: Readonly<Partial<Record<ReadKey['form'], [code: KeyErrorCode, message: string]>>> = {
  pkcs1: ['pkcs1', `The private key is in PKCS#1 format. Convert it to PKCS#8: ${toPkcs8}`],
  encrypted: [
    'encrypted',
    `The private key is encrypted with a passphrase. Decrypt it, and keep the result in a secret store: ${toPkcs8}`,
  ],
  jwk: [
    'not-a-key',
    'The private key is a JWK, a key in JSON. Give a CryptoKey instead; with jose: await importJWK(jwk, "RS256")',
  ],
  openssh: [
    'not-a-key',
    'The private key is in the format of OpenSSH. Convert a copy of its file, in place: ssh-keygen -p -P "" -N "" -m PKCS8 -f private_key.pem',
  ],
  putty: ['not-a-key', `The private key is in the format of PuTTY. ${fromPuttygen}`],
  sshcom: [
    'not-a-key',
    `The private key is in the format of ssh.com. ${fromPuttygen.replace('key.ppk', 'key.txt')}`,
  ],
  xml: [
    'not-a-key',
    "The private key is in .NET's own format (XML or RSAParameters). Export it as PKCS#8 instead: rsa.ExportPkcs8PrivateKeyPem() (.NET 7 or later)",
  ],
  'openssl-text': [
    'not-a-key',
    'This is a printout of a private key (openssl -text), not the key. Use the file it was printed from, which begins with -----BEGIN PRIVATE KEY-----.',
  ],
  printout: [
    'not-a-key',
    'This is a printout of a private key, not the key. Use the file it was printed from, which begins with -----BEGIN PRIVATE KEY-----.',
  ],
  pkcs12: [
    'not-a-key',
    `The private key is a PKCS#12 file (.pfx, .p12) in base64. Decode it, then take the key out: ${decode} key.pfx, and: ${fromPkcs12}`,
  ],
  'java-keystore': [
    'not-a-key',
    `The private key is a Java key store in base64. Decode it, convert it, then take the key out: ${decode} key.jks, and: keytool -importkeystore -srckeystore key.jks -destkeystore key.pfx -deststoretype PKCS12, and: ${fromPkcs12}`,
  ],
  'windows-blob': [
    'not-a-key',
    'The private key is a Windows key blob (PVK or CSP). Export it as PKCS#8 PEM: rsa.ExportPkcs8PrivateKeyPem() (.NET 7 or later)',
  ],
};

/** Returns why a private key of this form cannot be used as it is, or `undefined` for PKCS#8. */
export function privateKeyConversion({ form, label }: ReadKey): KeyError | undefined {
  const [code, message] = conversions[form] ?? [];
  if (code && message) return new KeyError(code, message);
  return form === 'pkcs8'
    ? undefined
    : new KeyError(
        'not-a-key',
        `The private key is of the kind "${label ?? form}". It must begin with -----BEGIN PRIVATE KEY-----.`,
      );
}
