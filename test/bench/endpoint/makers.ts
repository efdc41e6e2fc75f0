/**
 * Ways to make the same token, each at its best. Keys are parsed ahead, unless the name says otherwise.
 *
 * @module
 */
import { createPrivateKey, type KeyObject, sign, webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import { importPKCS8, SignJWT } from 'jose';
import { createMinter, generateKeys } from 'live-assist-bridge/server';
import { requireThirdParty } from '../third-party.js';

interface JsonWebToken {
  sign(payload: object, key: KeyObject, options: object): string;
}
type Sign = (hash: string, input: Uint8Array, key: KeyObject) => Promise<Buffer>;

export async function makers() {
  const { privateKey: pem } = await generateKeys();
  const lifetime = 7200;
  const issuer = 'www.example.com';
  const contact = {
    id: '7b3f2a90-5c1d-4e8f-9a6b-0c2d4e6f8a1b',
    givenName: 'Zoë',
    familyName: 'García',
  };
  const mint = await createMinter({ privateKey: pem, issuer });
  const keyObject = createPrivateKey(pem);
  const cryptoKey = await webcrypto.subtle.importKey(
    'pkcs8',
    keyObject.export({ format: 'der', type: 'pkcs8' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const token = await mint(contact);
  const input = new TextEncoder().encode(token.slice(0, token.lastIndexOf('.')));
  const signAsync = promisify(sign) as Sign;
  const jsonwebtoken: JsonWebToken = requireThirdParty('jsonwebtoken');
  const claims = { given_name: contact.givenName, family_name: contact.familyName };
  return {
    createMinter: () => mint(contact),
    'crypto.subtle.sign': () => webcrypto.subtle.sign('RSASSA-PKCS1-v1_5', cryptoKey, input),
    'crypto.sign': () => signAsync('sha256', input, keyObject),
    jsonwebtoken: () =>
      jsonwebtoken.sign(claims, keyObject, {
        algorithm: 'RS256',
        subject: contact.id,
        issuer,
        expiresIn: lifetime,
      }),
    'the key parsed for every token': async () =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
        .setSubject(contact.id)
        .setIssuer(issuer)
        .setIssuedAt()
        .setExpirationTime(`${lifetime} s`)
        .sign(await importPKCS8(pem, 'RS256')),
  };
}
