import { type KeyError, publicKeyValue } from 'live-assist-bridge/server';
import { expect, it } from 'vitest';
import { line, privateKeys, read } from './artifacts.js';
import { followRemedy } from './follow-remedy.js';
import { privateTexts, withPasswords } from './private-texts.js';

const texts: [name: string, file: string, text: string][] = [
  ['PKCS#8', 'private_key.pem', privateKeys['PKCS#8'] ?? ''],
  ['a JWK', 'key.json', privateKeys['a JWK'] ?? ''],
  ['openssl -text', 'private_key.pem', privateKeys['openssl rsa -text'] ?? ''],
  ...privateTexts.map(([name, file, text]): [string, string, string] => [name, file, text]),
];

it.each(texts)(
  'config says how to take the public key out of a private key: %s',
  async (name, from, text) => {
    const refusal: unknown = await publicKeyValue(text).catch((error) => error);
    const content = /-text/.test(name) ? read('private_key.pem') : text;
    const made = await followRemedy((refusal as KeyError).message, { [from]: content }, withPasswords(name));
    expect(made.read('public_key.pem').replace(/-----.*?-----|\s/g, '')).toBe(line);
  },
);
