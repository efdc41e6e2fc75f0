/** Turns what the site configured as its private key into one that signs RS256, or says why it cannot. */
import { type CryptoKey, importPKCS8 } from 'jose';
import { KeyError } from './key-error.js';
import { isJwk, type KeyText, readKeyText } from './key-text.js';
import { looksLikePath } from './looks-like-path.js';
import { requireBits } from './require-bits.js';
import { signsForItsPublicHalf } from './signs-for-its-public-half.js';

const toPkcs8 = 'openssl pkcs8 -topk8 -nocrypt -in private_key.pem -out private_key.pkcs8.pem';
const create = 'Create a pair with: npx live-assist-bridge keys --issuer www.example.com';

/**
 * The key to sign with.
 *
 * @throws KeyError for anything but an RSA key of 2048 bits or more in PKCS#8, or a CryptoKey for RS256.
 */
export async function importPrivateKey(privateKey: unknown): Promise<CryptoKey> {
  if (
    privateKey === undefined ||
    privateKey === null ||
    (typeof privateKey === 'string' && !privateKey.trim())
  )
    throw new KeyError(
      'missing',
      `The private key is empty. Is the environment variable that holds it set? ${create}`,
    );
  return typeof privateKey === 'string'
    ? importText(privateKey)
    : requireBits(requireSigning(privateKey), 'private');
}

async function importText(text: string): Promise<CryptoKey> {
  const found = readKeyText(text);
  if (found.format === 'unknown' && looksLikePath(text))
    throw new KeyError(
      'not-a-key',
      'The private key looks like the path of a file, not the key in it. Read the file: readFile(path, "utf8").',
    );
  refuse(found, text);
  const pem = `-----BEGIN PRIVATE KEY-----\n${found.base64}\n-----END PRIVATE KEY-----`;
  try {
    const key = await importPKCS8(pem, 'RS256', { extractable: true });
    requireBits(key, 'private');
    if (await signsForItsPublicHalf(key)) return await importPKCS8(pem, 'RS256');
  } catch (error) {
    if (error instanceof KeyError) throw error;
  }
  throw damaged();
}

function refuse({ format, algorithm, label = '' }: KeyText, text: string): void {
  switch (format) {
    case 'pkcs8':
      if (algorithm === 'RSA') return;
      throw algorithm === undefined ? damaged() : notRsa(algorithm);
    case 'sec1':
      throw notRsa('EC');
    case 'pkcs1-private':
      throw new KeyError('pkcs1', `The private key is in PKCS#1 format. Convert it to PKCS#8: ${toPkcs8}`);
    case 'encrypted':
      throw new KeyError(
        'encrypted',
        `The private key is encrypted with a passphrase. Decrypt it, and keep the result in a secret store: ${toPkcs8}`,
      );
    case 'spki':
    case 'pkcs1-public':
      throw new KeyError(
        'public-key',
        'This is a public key where the private key belongs. Use the other file of the pair, which begins with -----BEGIN PRIVATE KEY-----.',
      );
    case 'certificate':
      throw new KeyError(
        'certificate',
        `This is a certificate${/REQUEST/.test(label) ? ' request' : ''} where the private key belongs. Use the private key it was made with, which begins with -----BEGIN PRIVATE KEY-----.`,
      );
    case 'damaged':
      throw damaged();
    case 'unknown':
      if (isJwk(text))
        throw new KeyError(
          'not-a-key',
          'The private key is a JWK, a key in JSON. Give a CryptoKey in its place; with jose: await importJWK(jwk, "RS256")',
        );
      if (label.startsWith('OPENSSH'))
        throw new KeyError(
          'not-a-key',
          'The private key is one of SSH. Convert a copy of its file, in place: ssh-keygen -p -m PKCS8 -f private_key.pem',
        );
      throw new KeyError(
        'not-a-key',
        `The private key is ${label ? `of the kind "${label}"` : 'not the text of a key'}. It must begin with -----BEGIN PRIVATE KEY-----. ${create}`,
      );
  }
}

function requireSigning(key: unknown): CryptoKey {
  if (typeof key !== 'object' || key === null || !('algorithm' in key) || !('usages' in key))
    throw new TypeError(
      'The private key is neither text nor a CryptoKey. Read a file as text, readFile(path, "utf8"), and export a KeyObject as PKCS#8 PEM.',
    );
  const { type, algorithm, usages } = key as CryptoKey;
  if (type === 'public')
    throw new KeyError('public-key', 'This is a public CryptoKey where the private key belongs.');
  const { name, hash } = algorithm as { name: string; hash?: { name: string } };
  if (name !== 'RSASSA-PKCS1-v1_5' || hash?.name !== 'SHA-256' || !usages.includes('sign'))
    throw new KeyError(
      'wrong-use',
      'The CryptoKey is not one that signs RS256. Import it for { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } with the usage "sign".',
    );
  return key as CryptoKey;
}

const notRsa = (algorithm: string) =>
  new KeyError(
    'not-rsa',
    `The private key is of the kind ${algorithm}. Live Assist accepts RS256 only, which needs a plain RSA key. ${create}`,
  );

const damaged = () =>
  new KeyError(
    'damaged',
    'The private key is incomplete or altered. Put the whole file into the setting, from its BEGIN line to its END line; where only one line fits, write \\n for each line break.',
  );
