/**
 * The codes of a KeyError: why a key cannot be used.
 *
 * @module
 */
import type { CodeExplanation } from '../../diagnosis/codes/code-explanation.js';
import type { KeyErrorCode } from '../../key/key-error.js';

const newPair =
  'make a new pair with `npx live-assist-bridge keys`, and enter its public key in Live Assist in the same minute.';

export const keyCodes: Readonly<Record<KeyErrorCode, CodeExplanation>> = {
  missing: {
    why: 'the key is missing. Often an environment variable is not set where the server runs.',
    do: 'set the variable to the whole text of the key file.',
  },
  'not-a-key': {
    why: 'the text is not a key, or is a key in a format of another tool.',
    do: 'follow the message: it names the format and the command that converts it.',
  },
  damaged: {
    why: 'the text begins like a key, but a part of it is missing or changed.',
    do: 'copy the key file again, whole, with its BEGIN and END lines. Many variables keep only the first line: write line breaks as \\n there.',
  },
  pkcs1: {
    why: 'the key is in the older RSA format: `BEGIN RSA PRIVATE KEY` or `BEGIN RSA PUBLIC KEY`.',
    do: 'convert it with the command in the message.',
  },
  encrypted: {
    why: 'a passphrase protects the key.',
    do: 'remove the passphrase with the command in the message, and keep the key in the secret store of the server.',
  },
  certificate: {
    why: 'this is a certificate where a key is required.',
    do: 'take the public key out of the certificate with the command in the message.',
  },
  'public-key': {
    why: 'this is the public key where the private key is required.',
    do: 'give the file private_key.pem. The public key belongs in Live Assist.',
  },
  'private-key': {
    why: 'this is the private key where the public key is required.',
    do: 'give the file public_key.pem. If the private key was pasted in Live Assist or sent to somebody, make a new pair.',
  },
  'not-rsa': {
    why: 'the key is of another algorithm. Live Assist supports only RS256, with an RSA key.',
    do: newPair,
  },
  'too-short': { why: 'the key has fewer than 2048 bits.', do: newPair },
  published: {
    why: 'the private key is printed in public documentation, so anybody can chat as any of your contacts.',
    do: newPair,
  },
  weak: {
    why: 'the private key can be computed from the public key.',
    do: `${newPair} Do not use the program that made the old pair.`,
  },
  'wrong-use': {
    why: 'the CryptoKey does not sign RS256, or the JWK is not for RS256.',
    do: 'import the key for RSASSA-PKCS1-v1_5 with SHA-256 and the usage "sign", or give the text of the key file.',
  },
};
