/**
 * What the key file may hold.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mangle, written } from '../../key/key-formats.js';
import { failed, type Outcome, ok } from './outcome.js';
import { keyOfRfc7515, publishedKey } from './published-keys.js';

const pem = { type: 'pkcs8', format: 'pem' } as const;
const pss = () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
const file = 'LIVE_ASSIST_PRIVATE_KEY_FILE';
export const says = (sentence: string) => failed(new RegExp(`: ${file} ${sentence}`));
export const noKey = says(
  'holds no intact RSA private key\\. Is it the whole file that begins with BEGIN PRIVATE KEY\\?',
);
export const passPhrase = says('holds a key with a pass phrase\\. Keep the key without one\\.');
export const missingKey = says('cannot be read\\. Does the file exist, and may this process read it\\?').log;

export const encryptedKey = (key: string) =>
  createPrivateKey(key)
    .export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString();

type KeyFile = [name: string, content: (key: string) => string | Buffer, outcome: Outcome];

/** The key with one letter of this line changed. */
export const withWrongLetter = (key: string, line: number) =>
  key
    .split('\n')
    .map((text, index) =>
      index === line ? text.replace(/(?<=^.{40})./, (c) => (c === 'A' ? 'B' : 'A')) : text,
    )
    .join('\n');

/** What the key file may hold, made from the pair's private key as `generateKeys` gives it. */
export const keyFiles: KeyFile[] = [
  // The minter reads the same texts, see test/key/private-key.test.ts.
  ...Object.entries({ ...mangle, ...written }).map(
    ([name, content]): KeyFile => [
      name,
      (key) => Buffer.from(content(key), name === 'the bytes of UTF-16' ? 'latin1' : 'utf8'),
      ok,
    ],
  ),
  ['text around the key', (key) => `Bag Attributes\n    friendlyName: chat\n${key}# end\n`, ok],
  ['PKCS#1', (key) => createPrivateKey(key).export({ type: 'pkcs1', format: 'pem' }), ok],
  ['DER', (key) => createPrivateKey(key).export({ type: 'pkcs8', format: 'der' }), ok],
  ['PKCS#1 as DER', (key) => createPrivateKey(key).export({ type: 'pkcs1', format: 'der' }), ok],
  ['a key for RSA-PSS', () => pss().export(pem), says('holds a key for RSA-PSS\\. Make a pair for RS256\\.')],
  [
    'a key of another kind',
    () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem),
    noKey,
  ],
  [
    'a key of 1024 bits',
    () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(pem),
    says('holds a key of 1024 bits\\. Make a pair of 2048 bits\\.'),
  ],
  ['the public key', (key) => createPublicKey(key).export({ type: 'spki', format: 'pem' }), noKey],
  ['a key that is cut', (key) => key.slice(0, 900), noKey],
  ['a key with a letter missing', (key) => key.replace('MII', 'MI'), noKey],
  ['a key with a wrong letter in its modulus', (key) => withWrongLetter(key, 3), noKey],
  ['a key without its END line', (key) => key.replace(/\n-----END.*/s, ''), noKey],
  ['something else', () => 'rubbish', noKey],
  ['nothing', () => '', noKey],
  ['a key with a pass phrase', encryptedKey, passPhrase],
  [
    'PKCS#1 with a pass phrase',
    (key) =>
      createPrivateKey(key).export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'a' }),
    passPhrase,
  ],
  [
    "jwt.io's sample key",
    () => publishedKey,
    says('holds a key that has been published\\. Make a new pair\\.'),
  ],
  [
    "RFC 7515's sample key",
    () => keyOfRfc7515,
    says('holds a key that has been published\\. Make a new pair\\.'),
  ],
];
