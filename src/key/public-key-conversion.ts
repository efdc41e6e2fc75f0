/**
 * Says how to convert a public key of another tool, or a certificate, to PEM.
 *
 * @module
 */
import { KeyError, type KeyErrorCode } from './key-error.js';
import type { ReadKey } from './read/found-key.js';
import { certificateOfKeystore, fromBase64Text, inOrder, publicKeyOfCertificate } from './remedy-commands.js';

/** What the text is, and how to make `public_key.pem` from it: prose with each command in backticks. */
export interface PublicKeyConversion {
  what: string;
  remedy: string;
}

type Form = ReadKey['form'];

const fromPrinted = (command: string) => `${inOrder(command)}, with the file it was printed from`;
const fromPrivate = 'openssl pkey -in private_key.pem -pubout -out public_key.pem';
const publicKeyOfRequest = 'openssl req -in request.pem -noout -pubkey -out public_key.pem';
const inDotNet = '`rsa.ExportSubjectPublicKeyInfoPem()` (.NET 7 or later)';
const fromSsh = 'ssh-keygen -e -m PKCS8 -f key.pub > public_key.pem';

/** Commands for a PEM file. They also read DER if told so. */
const ofPem: Readonly<Partial<Record<Form, [what: string, file: string, command: string]>>> = {
  pkcs1: [
    'in PKCS#1 format ("BEGIN RSA PUBLIC KEY"), which Live Assist does not read',
    'key.pem',
    'openssl rsa -RSAPublicKey_in -in key.pem -pubout -out public_key.pem',
  ],
  certificate: ['a certificate, not the public key alone', 'certificate.pem', publicKeyOfCertificate],
  'certificate request': [
    'a certificate request, not the public key alone',
    'request.pem',
    publicKeyOfRequest,
  ],
  pkcs7: [
    'in a PKCS#7 file (.p7b) with certificates',
    'key.p7b',
    'openssl pkcs7 -in key.p7b -print_certs -out certificate.pem',
  ],
};

/** Forms whose remedy does not depend on the text. */
const others: Readonly<Partial<Record<Form, PublicKeyConversion>>> = {
  ssh: { what: 'in the format of OpenSSH', remedy: inOrder(fromSsh) },
  ssh2: {
    what: 'in the format of SSH2, as PuTTYgen saves it',
    remedy: inOrder('ssh-keygen -i -m RFC4716 -f key.txt > key.pub', fromSsh),
  },
  xml: { what: "in .NET's own format (XML or RSAParameters)", remedy: inDotNet },
  'openssl-text': {
    what: 'a printout (openssl -text), not the key itself',
    remedy: fromPrinted(fromPrivate),
  },
  'certificate-text': {
    what: 'a printout of a certificate, not the key itself',
    remedy: fromPrinted(publicKeyOfCertificate),
  },
  'request-text': {
    what: 'a printout of a certificate request, not the key itself',
    remedy: fromPrinted(publicKeyOfRequest),
  },
  printout: { what: 'a printout, not the key itself', remedy: fromPrinted(fromPrivate) },
  'windows-blob': { what: 'a Windows key blob', remedy: inDotNet },
  pkcs12: {
    what: 'a PKCS#12 file (.pfx, .p12) with certificates',
    remedy: fromBase64Text(
      'key.pfx',
      'openssl pkcs12 -in key.pfx -nokeys -out certificate.pem',
      publicKeyOfCertificate,
    ),
  },
  'java-keystore': {
    what: 'a Java key store with certificates',
    remedy: fromBase64Text('key.jks', certificateOfKeystore, publicKeyOfCertificate),
  },
};

/** Returns what a public key in this form is and how to convert it, or `undefined` for a SubjectPublicKeyInfo. */
export function publicKeyConversion(key: ReadKey): PublicKeyConversion | undefined {
  if (key.form === 'jwk') return ofJwk(key);
  const [what, file, command] = ofPem[key.form] ?? [];
  if (!what || !file || !command) {
    const other = others[key.form];
    return other && { ...other, remedy: withoutDecoding(key, other.remedy) };
  }
  const more = key.form === 'pkcs7' ? [publicKeyOfCertificate] : [];
  return { what, remedy: fromFile(key, file, command, ...more) };
}

/** If the bytes are written as numbers, they come from a binary file, which the reader has. */
const withoutDecoding = ({ inNumbers }: ReadKey, remedy: string) =>
  inNumbers ? remedy.replace(/^save [^`]*`node[^`]*`, then /, '') : remedy;

/** Other text than a PEM file has to become a file that openssl reads. */
function fromFile(
  { isPem, encodedTwice, inNumbers }: ReadKey,
  file: string,
  ...[command = '', ...more]: string[]
): string {
  if (isPem) return encodedTwice ? fromBase64Text(file, command, ...more) : inOrder(command, ...more);
  const ofDer = command.replace(`-in ${file}`, '-inform DER -in key.der');
  return inNumbers ? inOrder(ofDer, ...more) : fromBase64Text('key.der', ofDer, ...more);
}

function ofJwk({ index, encodedTwice }: ReadKey): PublicKeyConversion {
  const convert = `node -e "const j=JSON.parse(require('fs').readFileSync('key.json','utf8').trim());require('fs').writeFileSync('public_key.pem',require('crypto').createPublicKey({key:[Array.isArray(j)?j:j.keys||j.key||j].flat()[${index ?? 0}],format:'jwk'}).export({type:'spki',format:'pem'}))"`;
  if (index !== undefined)
    return {
      what: 'a JWK, a key in JSON',
      remedy: encodedTwice ? fromBase64Text('key.json', convert) : inOrder(convert),
    };
  return {
    what: 'a JWK as a program prints an object, not in JSON',
    remedy: `let the program write JSON to the file key.json (JSON.stringify, json.dumps, to_json), then ${inOrder(convert)}`,
  };
}

/** Returns how to take the public key out of a private key in this form. */
export function publicHalfOf(key: ReadKey): string {
  const { form, label } = key;
  if (form === 'openssh') return inOrder('ssh-keygen -y -f private_key.pem > key.pub', fromSsh);
  if (form === 'putty' || form === 'sshcom')
    return inOrder(
      `puttygen ${form === 'putty' ? 'key.ppk' : 'key.txt'} -O public-openssh -o key.pub`,
      fromSsh,
    );
  const other = form === 'jwk' ? ofJwk(key) : others[form];
  if (other) return withoutDecoding(key, other.remedy);
  return fromFile({ ...key, isPem: label !== undefined }, 'private_key.pem', fromPrivate);
}

/** Returns why a public key of this form cannot be used as it is, or `undefined` for a SubjectPublicKeyInfo. */
export function refusePublicForm(key: ReadKey): KeyError | undefined {
  const found = key.kind === 'none' ? undefined : publicKeyConversion(key);
  if (!found) return undefined;
  const { form } = key;
  const code: KeyErrorCode =
    form === 'pkcs1' ? 'pkcs1' : form.startsWith('certificate') ? 'certificate' : 'not-a-key';
  const subject = code === 'certificate' ? 'This' : 'The public key';
  return new KeyError(code, `${subject} is ${found.what}. Convert it: ${found.remedy}.`);
}
