/**
 * The findings about the header and the signature of a token.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

/** Signatures of other algorithms, by length in bytes. */
const byOther: Readonly<Record<number, string>> = {
  32: 'a signature by a shared secret (HS256)',
  64: 'a signature by an elliptic-curve key (ES256) or a shared secret (HS512)',
  70: 'a signature by an elliptic-curve key',
  71: 'a signature by an elliptic-curve key',
  72: 'a signature by an elliptic-curve key',
};

export const signatureFindings = {
  // Header
  'algorithm-none': [
    'error',
    () =>
      'The token is not signed (its alg is "none"): anybody could have written it. Sign with RS256 and the private key.',
  ],
  'algorithm-shared-secret': [
    'error',
    (alg: string) =>
      `The token is signed with a shared secret (${alg}). Live Assist supports only RS256: sign with the private key of the pair.`,
  ],
  algorithm: [
    'error',
    (alg: string) =>
      `The token's alg is ${alg}. Live Assist supports only RS256, spelt so: set the algorithm where the site signs.`,
  ],
  'algorithm-not-text': [
    'error',
    (type: string) =>
      `The token's alg is ${type} instead of a text. It must be "RS256": let a JWT library build it.`,
  ],
  'algorithm-missing': [
    'error',
    () => `The token's header names no alg. It must be { "alg": "RS256" }: let a JWT library build it.`,
  ],
  'embedded-key': [
    'warning',
    (names: string) =>
      `The token's header brings a key of its own (${names}). It proves nothing, because a forger can send a key as well. The signature was checked with the pasted key only. Leave the token's key out.`,
  ],
  'critical-header': [
    'error',
    () =>
      `The token's header has "crit": it names extensions, and a verifier that does not know them must refuse the token (RFC 7515). Leave it out.`,
  ],

  // Signature
  'signature-missing': [
    'error',
    (isAnswer: boolean) =>
      `The token has no signature: it ends with the second dot. ${isAnswer ? 'Sign' : 'Copy it whole, or sign'} it with RS256.`,
  ],
  'signature-not-checked': [
    'note',
    (option?: string) =>
      `The signature was not checked. Give the text pasted as JWT Public Key in Live Assist${option ? `: ${option}` : ''}.`,
  ],
  'signature-not-checkable': [
    'warning',
    () =>
      'The signature was not checked, because cryptography is not available here. A browser offers it only to pages opened from the disk or over https. The command line always has it.',
  ],
  'signature-fits': ['note', () => 'The signature fits the pasted key.'],
  'signature-fits-repaired-key': [
    'note',
    () => 'The key itself is the right one: with its text put right, the signature fits.',
  ],
  'signature-length': [
    'error',
    (actual: number, expected: number | undefined) => {
      if (expected === undefined)
        return `The signature has ${actual} bytes, which fits no RSA key: something was appended to the token, or a part is missing. (WordPress appends 0 to admin-ajax.php unless the action ends with wp_die().) Answer the token alone.`;
      return `The signature is ${actual} bytes long; with this key it would be ${expected}. ${
        actual % 64 === 0 && actual >= 128
          ? 'Another key signed it: paste the public key of the pair the site signs with.'
          : byOther[actual]
            ? `A guess: it is ${byOther[actual]}, or the token was cut. Sign with RS256 and the private RSA key, and copy the token whole.`
            : actual === expected + 1
              ? 'A character was appended to the token: WordPress appends 0 to admin-ajax.php unless the action ends with wp_die().'
              : 'The token was cut, padded or changed: copy it whole.'
      }`;
    },
  ],
  'signature-encoded': [
    'error',
    (form: string, expected: number, isRight: boolean) =>
      `${isRight ? 'The pasted key is the right one, but the signature' : 'The signature'} is written ${form}. Encode its ${expected} raw bytes in base64url, once.`,
  ],
  'hashed-twice': [
    'error',
    () =>
      'The pasted key is the right one, but the site signed a hash of the token, which was hashed once more. Pass the text of header and payload to the signing function, or tell the function that it gets a digest.',
  ],
  'payload-alone': [
    'error',
    () =>
      'The pasted key is the right one, but the site signed the payload alone. Sign header and payload as they stand in the token, with the dot between them (RFC 7515).',
  ],
  'digest-alone': [
    'error',
    () =>
      'The pasted key is the right one, but the site encrypted the bare hash. RS256 wraps it in a DigestInfo (RFC 8017): use a function that signs with SHA-256 (openssl_sign in PHP) instead of one that encrypts with the private key.',
  ],
  'signed-otherwise': [
    'error',
    () =>
      'The pasted key is the right one, but the signed value is not a SHA-256 hash. Sign with RS256: RSASSA-PKCS1-v1_5 with SHA-256.',
  ],
  'other-pair': [
    'error',
    () =>
      'The signature does not fit the pasted key: the token was signed with the private key of another pair (production against staging, an older pair), or a character of the key or the signature was changed. Paste the public key of the pair the site signs with.',
  ],
  'token-altered': [
    'error',
    () =>
      'The pasted key is the right one, but it signed another text than the header and the payload of this token. Copy the token again. If it stays so, the site signs something else, or something between server and browser rewrites the token.',
  ],
  'other-hash': [
    'error',
    (hash: string) =>
      `The pasted key is the right one, but the site signed with ${hash} instead of SHA-256, whatever the header says. Sign with RS256.`,
  ],
  'other-padding': [
    'error',
    (salt: number) =>
      `The pasted key is the right one, but the site signed with RSA-PSS (as PS256 does, with a salt of ${salt} bytes), whatever the header says. Sign with RS256: RSASSA-PKCS1-v1_5 with SHA-256.`,
  ],
  'other-text-signed': [
    'error',
    (what: string) =>
      `The pasted key is the right one, but the site signed another text: ${what}. Sign header and payload as they stand in the token, with the dot between them and nothing behind them.`,
  ],
} as const satisfies FindingTable;
