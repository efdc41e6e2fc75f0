/**
 * Imports the site's configured private key for signing with RS256, or says why it cannot be used.
 *
 * @module
 */
import { type CryptoKey, exportSPKI, importPKCS8 } from 'jose';
import { fromBase64 } from './base64.js';
import { KeyError } from './key-error.js';
import { refusePrivateForm } from './private-key-conversion.js';
import type { ReadKey } from './read/found-key.js';
import { looksLikePath } from './read/looks-like-path.js';
import { readKey } from './read/read-key.js';
import { refuseCompromised } from './refuse-compromised.js';
import { requireBits } from './require-bits.js';
import { publicHalf, signsForItsPublicHalf } from './signs-for-its-public-half.js';

const create = 'Create a pair with: npx live-assist-bridge keys --issuer www.example.com';

/**
 * Returns the key to sign with.
 *
 * @throws KeyError for anything but an RSA key of 2048 bits or more in PKCS#8, or a CryptoKey for RS256; also for a key
 * that is printed in public documentation, unless it is a CryptoKey that cannot be exported.
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
  return typeof privateKey === 'string' ? importText(privateKey) : importCryptoKey(privateKey);
}

async function importCryptoKey(privateKey: unknown): Promise<CryptoKey> {
  const key = requireBits(requireSigning(privateKey), 'private');
  // Of a key that cannot be exported, only the algorithm can be checked.
  if (key.extractable) await refuseCompromised(await spkiOf(key));
  return key;
}

/** Returns the SubjectPublicKeyInfo of an extractable private key. */
async function spkiOf(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  const pem = await exportSPKI(await publicHalf(key));
  return fromBase64(pem.replace(/-----.*?-----|\s/g, ''));
}

async function importText(text: string): Promise<CryptoKey> {
  const found = readKey(text);
  if (found.kind === 'none' && looksLikePath(text))
    throw new KeyError(
      'not-a-key',
      'The private key looks like the path of a file, not the key in it. Read the file: readFile(path, "utf8").',
    );
  refuse(found);
  const pem = `-----BEGIN PRIVATE KEY-----\n${found.base64}\n-----END PRIVATE KEY-----`;
  try {
    const key = await importPKCS8(pem, 'RS256', { extractable: true });
    requireBits(key, 'private');
    if (!(await signsForItsPublicHalf(key))) throw damaged();
    await refuseCompromised(await spkiOf(key));
    return await importPKCS8(pem, 'RS256');
  } catch (error) {
    throw error instanceof KeyError ? error : damaged();
  }
}

function refuse(found: ReadKey): void {
  const { kind, form, algorithm } = found;
  if (kind === 'private') {
    if (form === 'pkcs8' && found.whole && algorithm === 'RSA') return;
    if (
      form === 'sec1' ||
      (form === 'jwk' && algorithm && algorithm !== 'RSA') ||
      (form === 'pkcs8' && found.whole && algorithm)
    )
      throw notRsa(algorithm ?? 'EC');
    throw refusePrivateForm(found) ?? damaged();
  }
  if (kind === 'public')
    throw new KeyError(
      'public-key',
      'This is a public key where the private key belongs. Use the other file of the pair, which begins with -----BEGIN PRIVATE KEY-----.',
    );
  if (form === 'pkcs12' || form === 'java-keystore')
    throw new KeyError(
      'certificate',
      'This file holds certificates only, no private key. Use the private key that they were made with, which begins with -----BEGIN PRIVATE KEY-----.',
    );
  if (kind === 'certificate' || form === 'certificate' || form === 'certificate request')
    throw new KeyError(
      'certificate',
      `This is a ${form === 'pkcs7' ? 'PKCS#7 file with certificates' : form} where the private key belongs. Use the private key it was made with, which begins with -----BEGIN PRIVATE KEY-----.`,
    );
  if (kind === 'damaged' && form !== 'other' && form !== 'pgp') throw damaged();
  if (kind === 'damaged' && !found.label) throw damaged();
  throw new KeyError(
    'not-a-key',
    `The private key is ${found.label ? `of the kind "${found.label}"` : 'not the text of a key'}. It must begin with -----BEGIN PRIVATE KEY-----. ${create}`,
  );
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
    'The private key is incomplete or altered. Put the whole file into the setting, from its BEGIN line to its END line. If only one line fits, write \\n for each line break.',
  );
