/**
 * Makes the one line that an administrator pastes as "JWT Public Key" in Live Assist.
 *
 * @module
 */
import { exportSPKI, importSPKI } from 'jose';
import { fromBase64 } from './base64.js';
import { KeyError } from './key-error.js';
import { publicHalfOf, refusePublicForm } from './public-key-conversion.js';
import type { ReadKey } from './read/found-key.js';
import { isDiscovery } from './read/is-discovery.js';
import { looksLikePath } from './read/looks-like-path.js';
import { publicKeysIn, readKey } from './read/read-key.js';
import { refuseCompromised } from './refuse-compromised.js';
import { requireBits } from './require-bits.js';
import { isPlausible, readRsaKey } from './rsa-key.js';

/**
 * Returns the public key as Live Assist expects it: base64 of the SubjectPublicKeyInfo on one line, without BEGIN and
 * END (the specification, "Setting up Live Assist for Authenticated Chats"). For 2048 bits it begins with
 * `MIIBIjANBgkq`.
 *
 * Accepts PEM text, also after it passed through an environment variable, and the line itself.
 *
 * @throws KeyError for anything but an RSA SubjectPublicKeyInfo of 2048 bits or more. The message names what was given.
 * Also throws for a key whose private half is printed in public documentation.
 */
export async function publicKeyValue(publicKey: string): Promise<string> {
  if (publicKey === undefined || publicKey === null || (typeof publicKey === 'string' && !publicKey.trim()))
    throw new KeyError('missing', 'The public key is empty. Give the text of the file public_key.pem.');
  if (typeof publicKey !== 'string')
    throw new TypeError('The public key is not text. Read a file as text: readFile(path, "utf8").');
  const found = readKey(publicKey);
  if (found.kind === 'none' && looksLikePath(publicKey))
    throw new KeyError(
      'not-a-key',
      'The public key looks like the path of a file, not the key in it. Read the file: readFile(path, "utf8").',
    );
  if (found.kind === 'none' && isDiscovery(publicKey))
    throw new KeyError(
      'not-a-key',
      'This is an OpenID configuration, not a key. Open the address that its "jwks_uri" names, save the JWK Set that it answers, and give that file.',
    );
  refuse(found);
  if (new Set(publicKeysIn(publicKey).map(({ spki }) => String(spki))).size > 1) throw several();
  const pem = `-----BEGIN PUBLIC KEY-----\n${found.base64}\n-----END PUBLIC KEY-----`;
  const key = await importSPKI(pem, 'RS256', { extractable: true }).catch(() => {
    throw damaged();
  });
  const value = (await exportSPKI(requireBits(key, 'public'))).replace(/-----.*?-----|\s/g, '');
  const spki = fromBase64(value);
  const numbers = readRsaKey(spki);
  if (!numbers || !isPlausible(numbers)) throw damaged();
  await refuseCompromised(spki);
  return value;
}

function refuse(found: ReadKey): void {
  const { kind, form, algorithm, label } = found;
  if (kind === 'private' && algorithm !== undefined && algorithm !== 'RSA')
    throw new KeyError(
      'private-key',
      `This is a private key, which must never leave the server, and it is of the kind ${algorithm}. Live Assist accepts RS256 only. Create a pair with: npx live-assist-bridge keys --issuer www.example.com`,
    );
  if (kind === 'private')
    throw new KeyError(
      'private-key',
      `This is a private key. It must never leave the server. Take the public key out of it: ${publicHalfOf(found)}.`,
    );
  // No command turns this key into an RSA key, whatever its format.
  if ((kind === 'public' || kind === 'certificate') && algorithm !== undefined && algorithm !== 'RSA')
    throw new KeyError(
      'not-rsa',
      `The public key is of the kind ${algorithm}. Live Assist accepts RS256 only, which needs a plain RSA key. Create a pair with: npx live-assist-bridge keys --issuer www.example.com`,
    );
  if (found.otherUse)
    throw new KeyError(
      'wrong-use',
      `The JWK is not for RS256: it has ${found.otherUse}. Give the key that verifies the site's tokens.`,
    );
  if ((found.count ?? 0) > 1) throw several(' Its "kid" is the one in the header of the site\'s tokens.');
  if (kind === 'public' && form === 'spki' && found.inNumbers)
    throw new KeyError(
      'not-a-key',
      'The bytes of the public key are written as numbers, in hexadecimal or as a list. Make a PEM file of its binary file: `openssl pkey -pubin -inform DER -in key.der -out public_key.pem`.',
    );
  if (kind === 'public' && form === 'spki') {
    if (!found.whole) throw damaged();
    return;
  }
  const refusal = refusePublicForm(found);
  if (refusal) throw refusal;
  if (kind === 'damaged' && form !== 'pgp' && (form !== 'other' || !label)) throw damaged();
  throw new KeyError(
    'not-a-key',
    `The public key is ${label ? `of the kind "${label}"` : 'not the text of a key'}. It must begin with -----BEGIN PUBLIC KEY-----.`,
  );
}

const several = (hint = '') =>
  new KeyError(
    'not-a-key',
    `There are several public keys in one text. Give only the one whose private key the site signs with.${hint}`,
  );

const damaged = () =>
  new KeyError(
    'damaged',
    'The public key is incomplete or altered. Copy the whole file, from its BEGIN line to its END line, or the whole line.',
  );
