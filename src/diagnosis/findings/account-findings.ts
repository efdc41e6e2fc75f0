/**
 * The findings about comparing the published settings of an account with those of the site.
 *
 * None of them is an error, because nobody has compared the vendor's documentation with a real account.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

export const untried = "This rests on LivePerson's documentation and has not been tried with a real account.";
const paste =
  'Paste the JWT Public Key again: `npx live-assist-bridge config public_key.pem --value` prints it.';

export const accountFindings = {
  'account-deleted': [
    'warning',
    () =>
      `The identity provider is deleted in Live Assist: nobody is authenticated with it. Create it again with the same values. ${untried}`,
  ],
  'account-type': [
    'warning',
    (type: string) =>
      `The configured type is ${type}. The bridge needs the implicit type: choose "oAuth 2.0 authentication" (newer screens: "Implicit"). ${untried}`,
  ],
  'account-jwks': [
    'warning',
    (address: string) =>
      `The identity provider reads its keys from ${address} (JWKS), not from a JWT Public Key. Choose the public key and paste it, unless the site really publishes its key there. ${untried}`,
  ],
  'account-validation': [
    'warning',
    (type: string) =>
      `The configured validation type is ${type}, which is not known here. Choose the public key (PUBLIC_JWT_KEY). ${untried}`,
  ],
  'account-key-private': [
    'warning',
    () =>
      `The configured JWT Public Key is a PRIVATE key, and everybody can read it there. Consider it leaked: create a new pair (\`npx live-assist-bridge keys --help\`), enter its public key, let the site sign with its private key, and delete the old one. ${untried}`,
  ],
  'account-key-example': [
    'warning',
    (message: string) => `The configured JWT Public Key is not your own. ${message} ${untried}`,
  ],
  'account-key-blank': ['warning', () => `The configured JWT Public Key is empty. ${paste} ${untried}`],
  'account-key-unreadable': [
    'warning',
    (why: string) => `The configured JWT Public Key cannot be used. ${why} ${paste} ${untried}`,
  ],
  'account-key-small': [
    'warning',
    (bits: number) =>
      `The configured JWT Public Key has only ${bits} bits; RS256 requires 2048. Make a new pair (\`npx live-assist-bridge keys\`). ${untried}`,
  ],
  'account-key-differs': [
    'warning',
    (configured: string, expected: string, slip: string | undefined) =>
      `${
        slip
          ? `The configured JWT Public Key ${slip} from the site's key.`
          : 'The configured JWT Public Key is the key of another pair.'
      } Its SHA-256 begins with ${configured}; the site's key begins with ${expected}. ${paste} ${untried}`,
  ],
  'account-key-given': [
    'warning',
    (configured: string, given: string, slip: string | undefined) =>
      `The given public key is wrong, not the configured one: the signature of the token matches the JWT Public Key that the account publishes (SHA-256 ${configured}). The given key (SHA-256 ${given}) ${
        slip ? slip.replace(/,$/, '') : 'is the key of another pair'
      }. ${untried}`,
  ],
  'account-key-signature': [
    'warning',
    (configured: string) =>
      `The signature of the token does not match the configured JWT Public Key (SHA-256 ${configured}). Enter the public key of the pair that signs, or let the site sign with the private key of this pair. ${untried}`,
  ],
  'account-signature': [
    'warning',
    (message: string) =>
      `The configured JWT Public Key is that of the site, but the token is signed in a wrong way. ${message} ${untried}`,
  ],
  'account-signature-fits': [
    'note',
    () => 'The signature of the token matches the JWT Public Key that the account publishes.',
  ],
  'account-key-encoding': [
    'note',
    () =>
      `The account publishes the JWT Public Key in another encoding than the one line to paste. If Live Assist refuses tokens, paste that line: \`npx live-assist-bridge config public_key.pem --value\` prints it.`,
  ],
  'account-issuer': [
    'warning',
    (comparison: string, reason: string) =>
      `The configured JWT Issuer differs from the issuer of the site: ${reason}.\n${comparison}\nEnter exactly what the token says, or change the site's issuer. ${untried}`,
  ],
  'account-issuer-fits': [
    'note',
    () => 'The JWT Issuer that the account publishes is the issuer of the site, byte for byte.',
  ],
  'account-issuer-blank': [
    'warning',
    (expected: string) =>
      `The configured JWT Issuer is blank. If your screen has that field, enter ${expected}. ${untried}`,
  ],
  'account-method': [
    'warning',
    (configured: string, expected: string) =>
      `The configured JS Method Name is ${configured}; the page is expected to have ${expected}. Enter ${expected} in Live Assist, or give the page's name with --method-name. ${untried}`,
  ],
  'account-method-blank': [
    'warning',
    (expected: string) => `The configured JS Method Name is blank. Enter ${expected}. ${untried}`,
  ],
  'account-context': [
    'warning',
    (context: string) =>
      `The configured JS Context is ${context}: Live Assist looks the method up in that object. Leave the field blank; "window" means the same. ${untried}`,
  ],
  'account-endpoint': [
    'warning',
    (address: string) =>
      `The configured Authentication Endpoint is ${address}. Leave it blank: only a separate chat window would use it. ${untried}`,
  ],
} as const satisfies FindingTable;
