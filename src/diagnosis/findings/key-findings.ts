/**
 * The findings about the text pasted as JWT Public Key.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

const paste =
  'Paste the one line again: what stands between the BEGIN and END lines, joined (`npx live-assist-bridge config public_key.pem --value` prints it).';
const value = 'npx live-assist-bridge config public_key.pem --value';
const characters = (count: number) => (count === 1 ? 'One character' : `${count} characters`);

/** The words for the form of a private key whose text does not say "PRIVATE KEY". */
const privateForms: Readonly<Record<string, string>> = {
  putty: ' (PuTTY)',
  xml: " (.NET's XML or RSAParameters)",
  jwk: ' (a JWK, in JSON)',
  'openssl-text': ' (a printout of openssl)',
  printout: ' (a printout)',
  sshcom: ' (ssh.com)',
  openssh: ' (OpenSSH)',
  pkcs12: ' (a PKCS#12 file, .pfx or .p12)',
  'java-keystore': ' (a Java key store)',
  'windows-blob': ' (a Windows key blob)',
  'in-token': ' inside of the token',
  'in-answer': ' in the answer',
  'in-issuer': ' in the place of the JWT Issuer',
};

export const keyFindings = {
  'key-empty': ['error', () => `The JWT Public Key is empty. ${paste}`],

  // What it is instead
  'private-key': [
    'error',
    (form: string) =>
      `This is a PRIVATE key${privateForms[form] ?? ''}. Wherever it was pasted or sent, consider it leaked: anyone who saw it can chat as any of your contacts. Create a new pair (\`npx live-assist-bridge keys --help\`), enter the new public key at once, let the site sign with the new private key, and delete this one.`,
  ],
  'key-published': [
    'error',
    (place: string) =>
      `This key is an example from ${place}: its private key is public, so anybody can chat as any of your contacts. Create your own pair (\`npx live-assist-bridge keys --help\`), enter its public key, and let the site sign with its private key.`,
  ],
  'key-weak': [
    'error',
    (weakness: string) =>
      `${weakness}. Create a pair with another program (\`npx live-assist-bridge keys --help\`), enter its public key, and let the site sign with its private key.`,
  ],
  'key-other-use': [
    'error',
    (member: string) =>
      `This JWK is not for RS256: it has ${member}. Paste the key that verifies the site's tokens, as one line (\`${value}\` prints it).`,
  ],
  'key-is-token': ['error', () => `This is a token, not a key. ${paste}`],
  'key-is-address': ['error', () => `This is an address, not a key; Live Assist fetches no keys. ${paste}`],
  'key-is-discovery': [
    'error',
    () =>
      'This is an OpenID configuration, not a key. Open the address that its "jwks_uri" names, and paste here the JWK Set that it answers; it can be converted. Live Assist itself fetches no keys.',
  ],
  'key-is-html': ['error', (what: string) => `This is ${what}, not a key. ${paste}`],
  'key-is-message': [
    'error',
    () =>
      `This is a message of a program such as openssl, not a key: the program made none. The message says why. Then: \`${value}\`.`,
  ],
  'key-is-fingerprint': ['error', () => `This is a fingerprint (thumbprint) of a key, not the key. ${paste}`],
  'key-is-jwk': [
    'error',
    (what: string, remedy: string) =>
      `This is ${what}. Live Assist reads only the base64 of a SubjectPublicKeyInfo. Convert it: ${remedy}. Then: \`${value}\`. (Azure Key Vault: \`az keyvault key download --vault-name VAULT --name KEY --encoding PEM --file public_key.pem\`.)`,
  ],
  'key-is-ssh': [
    'error',
    (what: string, remedy: string) =>
      `This public key is ${what}. Convert it: ${remedy}. Then: \`${value}\`.`,
  ],
  'key-other-format': [
    'error',
    (what: string, remedy: string) => `This public key is ${what}. Use: ${remedy}. Then: \`${value}\`.`,
  ],
  'key-pkcs1': [
    'error',
    (remedy: string) =>
      `This is a PKCS#1 key ("BEGIN RSA PUBLIC KEY"), which Live Assist does not read. Convert it: ${remedy}. Then: \`${value}\`.`,
  ],
  'key-certificate': [
    'error',
    (what: string, remedy: string) =>
      `This is a ${what}, not a public key. Take the key out: ${remedy}. Then: \`${value}\`.`,
  ],
  'key-not-rsa': [
    'error',
    (algorithm: string) =>
      `This is a public key, but for ${algorithm}. Live Assist supports only RS256: make an RSA pair (\`npx live-assist-bridge keys\`).`,
  ],
  'key-encoded-twice': [
    'error',
    (remedy: string) =>
      `This is a key file encoded in base64 once more. Decode it: ${remedy}. Then: \`${value}\`.`,
  ],
  'key-unreadable': [
    'error',
    (label: string | undefined) =>
      `This is not a public key for RS256${label ? `, but something of the kind "${label}"` : ''}. ${paste}`,
  ],
  'key-is-path': ['error', () => `This is the path of a file, not the key in it. ${paste}`],
  'key-placeholder': [
    'error',
    () => `This is a placeholder, not a key: it stands where a value was to be filled in. ${paste}`,
  ],
  'key-is-object': [
    'error',
    () =>
      `This is what a program prints for a key that it holds, not the key. Let it write the key as PEM ("BEGIN PUBLIC KEY") to a file. Then: \`${value}\`.`,
  ],
  'key-is-encrypted': [
    'error',
    (by: string) =>
      `This value was encrypted by ${by}. Decrypt it first: Live Assist takes the public key itself.`,
  ],
  'key-is-modulus': [
    'error',
    () =>
      `This is the modulus alone, a number in the key (as openssl -modulus, Java and JSON show it). Print the whole public key: \`openssl pkey -in private_key.pem -pubout -out public_key.pem\`. Then: \`${value}\`.`,
  ],
  'key-hexadecimal': [
    'error',
    () =>
      `The bytes of the key are written as numbers, in hexadecimal or as a list. Live Assist reads base64 only. Make a PEM file of the key's binary file: \`openssl pkey -pubin -inform DER -in key.der -out public_key.pem\`. Then: \`${value}\`.`,
  ],
  'key-several': [
    'error',
    (count: number, hint = '') =>
      `There are ${count} keys in one text. Paste only the one whose private key the site signs with.${hint}`,
  ],
  'key-repeated': [
    'error',
    (count: number) =>
      `The same key stands in the text ${count === 2 ? 'twice' : `${count} times`}. ${paste}`,
  ],
  'key-shortened': [
    'error',
    () => `The key was shortened for display: it has an ellipsis (...) in it. ${paste}`,
  ],

  // What was left in
  'key-text-around': [
    'error',
    () =>
      `The JWT Public Key has other text around the key. Only the one line belongs there (\`${value}\` prints it from the key file).`,
  ],
  'key-escaped': [
    'error',
    (written: string, character: string) =>
      `Characters of the JWT Public Key are escaped, as addresses, HTML and JSON do: ${written} stands for ${character}. ${paste}`,
  ],
  'key-plus-lost': [
    'error',
    () => `Each plus sign of the JWT Public Key became a blank, as in the data of a web form. ${paste}`,
  ],
  'key-header': [
    'error',
    (what: string) =>
      `${what} left in the JWT Public Key. Only what stands between these lines belongs there: remove the rest.`,
  ],
  'key-line-breaks': [
    'error',
    (count: number, position: number) =>
      `${count === 1 ? 'A line break is' : `${count} line breaks are`} left in the JWT Public Key, the first at character ${position}. Join the lines to one.`,
  ],
  'key-escaped-breaks': [
    'error',
    (count: number) =>
      `${count === 1 ? 'A line break written as \\n is' : `${count} line breaks written as \\n are`} left in the JWT Public Key. Remove each backslash with its letter.`,
  ],
  'key-blanks': [
    'error',
    (count: number, position: number) =>
      `${count === 1 ? 'A blank is' : `${count} blanks are`} left in the JWT Public Key, the first at character ${position}, often where a line ended. Remove ${count === 1 ? 'it' : 'them'}.`,
  ],
  'key-quotes': [
    'error',
    () => 'Quotation marks are left around the JWT Public Key. Remove them, and any comma beside them.',
  ],
  'key-invisible': [
    'error',
    (position: number) =>
      `The JWT Public Key has an invisible character at ${position} (a byte order mark or zero-width blank, as word processors leave). Paste it through a plain text editor.`,
  ],
  'key-base64url': [
    'error',
    () => 'The JWT Public Key is written in base64url: replace each - by + and each _ by /.',
  ],
  'key-foreign-character': [
    'error',
    (character: string, position: number) =>
      `The JWT Public Key has ${character} at character ${position}, which does not occur in a key. ${paste}`,
  ],
  'key-padding': [
    'warning',
    (expected: string) =>
      `The JWT Public Key should end with ${expected}; strict readers refuse it otherwise. ${paste}`,
  ],

  // What was lost or changed
  'key-characters-missing': [
    'error',
    (count: number, bits: number, expected: number, where: string) =>
      `${characters(count)} of the JWT Public Key ${count === 1 ? 'is' : 'are'} missing: of a ${bits} bit key ${expected} are expected, ${expected - count} are here${where}. ${paste}`,
  ],
  'key-characters-extra': [
    'error',
    (count: number, bits: number, expected: number, where: string) =>
      `The JWT Public Key has ${characters(count).toLowerCase()} too many: of a ${bits} bit key ${expected} are expected, ${expected + count} are here${where}. ${paste}`,
  ],
  'key-damaged': [
    'error',
    (where: string) =>
      `The JWT Public Key has the right length, but a character was changed${where}: no key looks like that. ${paste}`,
  ],
  'key-too-small': [
    'error',
    (bits: number) =>
      `The key has only ${bits} bits; RS256 requires 2048 (RFC 7518). Make a new pair (\`npx live-assist-bridge keys\`).`,
  ],

  'key-fine': [
    'note',
    (bits: number, fingerprint: string) =>
      `The pasted text is an RSA public key of ${bits} bits${fingerprint && `; SHA-256 fingerprint ${fingerprint}`}.`,
  ],
} as const satisfies FindingTable;
