/**
 * Makes an example with the two most common faults, signed with a throw-away key pair.
 *
 * @module
 */
import { toBase64, toBase64url } from '../key/base64.js';

export interface Example {
  token: string;
  publicKey: string;
  issuer: string;
}

/** A token that lives seven seconds, as the specification's sample makes it, and an issuer with https:// before it. */
export async function createExample(): Promise<Example> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const parameters = { ...algorithm, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = await crypto.subtle.generateKey(parameters, false, ['sign', 'verify']);
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    sub: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    given_name: 'Ada',
    family_name: 'Lovelace',
    iss: 'https://www.example.com',
    iat,
    exp: iat + 7.2,
  };
  const encode = (value: unknown) => toBase64url(new TextEncoder().encode(JSON.stringify(value)));
  const input = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  const signature = await crypto.subtle.sign(algorithm, pair.privateKey, new TextEncoder().encode(input));
  return {
    token: `${input}.${toBase64url(new Uint8Array(signature))}`,
    publicKey: toBase64(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))),
    issuer: 'www.example.com',
  };
}
