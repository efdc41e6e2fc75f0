/** The one line that an administrator pastes as "JWT Public Key" in Live Assist. */
import { exportSPKI, importSPKI } from 'jose';
import { KeyError } from './key-error.js';
import { isJwk, type KeyText, PRIVATE, readKeyText } from './key-text.js';
import { looksLikePath } from './looks-like-path.js';
import { requireBits } from './require-bits.js';

/**
 * The public key as Live Assist wants it: base64 of the SubjectPublicKeyInfo, one line, neither BEGIN nor END (the
 * specification, "Setting up Live Assist for Authenticated Chats"). For 2048 bits it begins with `MIIBIjANBgkq`.
 *
 * Takes PEM text, also as environment variables leave it, and the line itself.
 *
 * @throws KeyError for anything but an RSA SubjectPublicKeyInfo of 2048 bits or more, naming what it got.
 */
export async function publicKeyValue(publicKey: string): Promise<string> {
  if (publicKey === undefined || publicKey === null || (typeof publicKey === 'string' && !publicKey.trim()))
    throw new KeyError('missing', 'The public key is empty. Give the text of the file public_key.pem.');
  if (typeof publicKey !== 'string')
    throw new TypeError('The public key is not text. Read a file as text: readFile(path, "utf8").');
  const found = readKeyText(publicKey);
  if (found.format === 'unknown' && looksLikePath(publicKey))
    throw new KeyError(
      'not-a-key',
      'The public key looks like the path of a file, not the key in it. Read the file: readFile(path, "utf8").',
    );
  refuse(found, publicKey);
  const pem = `-----BEGIN PUBLIC KEY-----\n${found.base64}\n-----END PUBLIC KEY-----`;
  const key = await importSPKI(pem, 'RS256', { extractable: true }).catch(() => {
    throw damaged();
  });
  return (await exportSPKI(requireBits(key, 'public'))).replace(/-----.*?-----|\s/g, '');
}

function refuse({ format, algorithm, label = '' }: KeyText, text: string): void {
  switch (format) {
    case 'spki':
      if (algorithm === 'RSA') return;
      if (algorithm === undefined) throw damaged();
      throw new KeyError(
        'not-rsa',
        `The public key is of the kind ${algorithm}. Live Assist accepts RS256 only, which needs a plain RSA key. Create a pair with: npx live-assist-bridge keys --issuer www.example.com`,
      );
    case 'pkcs1-public':
      throw new KeyError(
        'pkcs1',
        'The public key is in PKCS#1 format, which Live Assist does not read. Convert it: openssl rsa -RSAPublicKey_in -in public_key.pem -pubout -out public_key.spki.pem',
      );
    case 'pkcs8':
    case 'pkcs1-private':
    case 'sec1':
    case 'encrypted':
      throw isPrivate();
    case 'certificate':
      throw new KeyError(
        'certificate',
        /REQUEST/.test(label)
          ? 'This is a certificate request, not the public key alone. Print the key in it: openssl req -in request.pem -noout -pubkey'
          : 'This is a certificate, not the public key alone. Print the key in it: openssl x509 -in certificate.pem -noout -pubkey',
      );
    case 'damaged':
      throw damaged();
    case 'unknown':
      if (PRIVATE.test(label + text)) throw isPrivate();
      if (isJwk(text))
        throw new KeyError(
          'not-a-key',
          'The public key is a JWK, a key in JSON. Export it as PEM; in Node: createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" })',
        );
      if (/^\s*ssh-|SSH2/.test(text))
        throw new KeyError(
          'not-a-key',
          'The public key is one of SSH. Convert it: ssh-keygen -e -m PKCS8 -f key.pub > public_key.pem',
        );
      throw new KeyError(
        'not-a-key',
        `The public key is ${label ? `of the kind "${label}"` : 'not the text of a key'}. It must begin with -----BEGIN PUBLIC KEY-----.`,
      );
  }
}

const isPrivate = () =>
  new KeyError(
    'private-key',
    'This is a private key. It must never leave the server. Take the public key out of it: openssl pkey -in private_key.pem -pubout -out public_key.pem',
  );

const damaged = () =>
  new KeyError(
    'damaged',
    'The public key is incomplete or altered. Copy the whole file, from its BEGIN line to its END line, or the whole line.',
  );
