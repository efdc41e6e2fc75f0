/**
 * Decodes the bytes of a file or of standard input as text, or says in a sentence what they are instead.
 *
 * @module
 */
import { type ByteForm, identifyKey } from '../../key/read/key-bytes.js';
import {
  certificateOfKeystore,
  inOrder,
  pkcs12OfKeystore,
  privateKeyOfPkcs12,
  publicKeyOfCertificate,
} from '../../key/remedy-commands.js';
import { UsageError } from '../usage-error.js';

/**
 * `what` names the source of the bytes. UTF-16 is accepted, because Windows PowerShell redirects output as UTF-16.
 * @throws UsageError
 */
export function decodeText(bytes: Uint8Array, what: string): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // Text contains no zero byte; binary keys, archives and pictures do.
  if (bytes.includes(0)) throw new UsageError(`${what} ${whatElse(bytes)}`);
  return new TextDecoder().decode(bytes);
}

function whatElse(bytes: Uint8Array): string {
  const key = identifyKey(Uint8Array.from(bytes));
  const toText = key && conversions[`${key.kind} ${key.form}`];
  if (toText) return `is ${toText}`;
  const zeros = [0, 1].map((start) => bytes.filter((byte, at) => at % 2 === start && byte === 0).length);
  // In UTF-16, one byte of each ASCII character is zero, always on the same side.
  return Math.max(...zeros) > bytes.length / 4 && Math.min(...zeros) < bytes.length / 20
    ? 'is in UTF-16 without a mark that says so. Save it as UTF-8.'
    : 'is not text. Is it the right file? If so, save it as UTF-8.';
}

const der = (command: string) =>
  `a key or certificate in binary form (DER). Convert it to text: ${inOrder(command)}.`;
const privateKey = `a PRIVATE key in binary form (DER). Convert it to text: ${inOrder('openssl pkey -inform DER -in FILE -out private_key.pem')}.`;

const conversions: Partial<Record<`${string} ${ByteForm}`, string>> = {
  'public spki': der('openssl pkey -pubin -inform DER -in FILE -out public_key.pem'),
  'public pkcs1': der('openssl rsa -RSAPublicKey_in -inform DER -in FILE -pubout -out public_key.pem'),
  'certificate certificate': der('openssl x509 -inform DER -in FILE -noout -pubkey -out public_key.pem'),
  'certificate certificate request': der(
    'openssl req -inform DER -in FILE -noout -pubkey -out public_key.pem',
  ),
  'certificate pkcs7': `a PKCS#7 file (.p7b) with certificates. Take the key out: ${inOrder('openssl pkcs7 -inform DER -in FILE -print_certs -out certificate.pem', publicKeyOfCertificate)}.`,
  'certificate pkcs12': `a PKCS#12 file (.pfx, .p12) with certificates. Take the key out: ${inOrder('openssl pkcs12 -in FILE -nokeys -out certificate.pem', publicKeyOfCertificate)}.`,
  'certificate java-keystore': `a Java key store with certificates. Take the key out: ${inOrder(certificateOfKeystore.replace('key.jks', 'FILE'), publicKeyOfCertificate)}.`,
  'private pkcs8': privateKey,
  'private pkcs1': privateKey,
  'private sec1': privateKey,
  'private encrypted': privateKey,
  'private windows-blob':
    'a PRIVATE key as a Windows key blob (PVK or CSP). Export it as PEM: `rsa.ExportPkcs8PrivateKeyPem()` (.NET 7 or later).',
  'public windows-blob':
    'a Windows key blob. Export it as PEM: `rsa.ExportSubjectPublicKeyInfoPem()` (.NET 7 or later).',
  'private pkcs12': `a PKCS#12 file (.pfx, .p12), which holds a private key. Take the key out: ${inOrder(privateKeyOfPkcs12.replace('key.pfx', 'FILE'))}.`,
  'private java-keystore': `a Java key store, which holds a private key. Convert it, then take the key out: ${inOrder(pkcs12OfKeystore.replace('key.jks', 'FILE'), privateKeyOfPkcs12)}.`,
};
