/**
 * Names the command that converts a public key of another tool, or a certificate, to PEM.
 *
 * @module
 */
import { KeyError, type KeyErrorCode } from './key-error.js';
import type { ReadKey } from './read/read-key.js';

/** What the text is, and how to make `public_key.pem` from it. */
export interface PublicKeyConversion {
  what: string;
  command: string;
}

const fromSsh = 'ssh-keygen -e -m PKCS8 -f key.pub > public_key.pem';

/** The commands were run on these inputs; `test/key/remedies.test.ts` runs them again. */
export const conversions: Readonly<Partial<Record<ReadKey['form'], PublicKeyConversion>>> = {
  pkcs1: {
    what: 'in PKCS#1 format ("BEGIN RSA PUBLIC KEY"), which Live Assist does not read',
    command: 'openssl rsa -RSAPublicKey_in -in key.pem -pubout -out public_key.pem',
  },
  jwk: {
    what: 'a JWK, a key in JSON',
    command: `node -e "const j=JSON.parse(require('fs').readFileSync('key.json'));const k=(j.keys||[j.key||j]).find(k=>k.kty=='RSA'&&['','rs256','rsa'].includes((k.alg||'').toLowerCase())&&['','sig'].includes((k.use||'').toLowerCase()));require('fs').writeFileSync('public_key.pem',require('crypto').createPublicKey({key:k,format:'jwk'}).export({type:'spki',format:'pem'}))"`,
  },
  ssh: { what: 'in the format of OpenSSH', command: fromSsh },
  ssh2: {
    what: 'in the format of SSH2, as PuTTYgen saves it',
    command: `ssh-keygen -i -m RFC4716 -f key.txt > key.pub, and: ${fromSsh}`,
  },
  xml: {
    what: "in .NET's own format (XML or RSAParameters)",
    command: 'rsa.ExportSubjectPublicKeyInfoPem() (.NET 7 or later)',
  },
  'openssl-text': {
    what: 'a printout (openssl -text), not the key itself',
    command:
      'openssl pkey -in private_key.pem -pubout -out public_key.pem, with the file it was printed from',
  },
  printout: {
    what: 'a printout, not the key itself',
    command:
      'openssl pkey -in private_key.pem -pubout -out public_key.pem, with the file it was printed from',
  },
  'windows-blob': {
    what: 'a Windows key blob',
    command: 'rsa.ExportSubjectPublicKeyInfoPem() (.NET 7 or later)',
  },
  pkcs7: {
    what: 'in a PKCS#7 file (.p7b) with certificates',
    command:
      'openssl pkcs7 -in key.p7b -print_certs -out certificate.pem, and: openssl x509 -in certificate.pem -noout -pubkey -out public_key.pem',
  },
  pkcs12: {
    what: 'a PKCS#12 file (.pfx, .p12) with certificates',
    command:
      'openssl base64 -d -A -in key.txt -out key.pfx, and: openssl pkcs12 -in key.pfx -nokeys -out certificate.pem, and: openssl x509 -in certificate.pem -noout -pubkey -out public_key.pem',
  },
  'java-keystore': {
    what: 'a Java key store with certificates',
    command:
      'openssl base64 -d -A -in key.txt -out key.jks, and: keytool -exportcert -rfc -alias ALIAS -keystore key.jks -file certificate.pem, and: openssl x509 -in certificate.pem -noout -pubkey -out public_key.pem',
  },
  certificate: {
    what: 'a certificate, not the public key alone',
    command: 'openssl x509 -in certificate.pem -noout -pubkey -out public_key.pem',
  },
  'certificate request': {
    what: 'a certificate request, not the public key alone',
    command: 'openssl req -in request.pem -noout -pubkey -out public_key.pem',
  },
};

/** Returns why a public key of this form cannot be used as it is, or `undefined` for a SubjectPublicKeyInfo. */
export function publicKeyConversion({ form, kind }: ReadKey): KeyError | undefined {
  const found = kind === 'none' ? undefined : conversions[form];
  if (!found) return undefined;
  const code: KeyErrorCode =
    form === 'pkcs1' ? 'pkcs1' : form.startsWith('certificate') ? 'certificate' : 'not-a-key';
  const subject = code === 'certificate' ? 'This' : 'The public key';
  return new KeyError(code, `${subject} is ${found.what}. Convert it: ${found.command}`);
}
