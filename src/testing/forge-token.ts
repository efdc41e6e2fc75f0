/** Signs tokens with a key that is not the site's. */
import { type CryptoKey, generateKeyPair, SignJWT } from 'jose';

let pair: Promise<{ privateKey: CryptoKey }> | undefined;

/** A token with `claims`, taken as they are, signed RS256 by a key made for this run of the tests. */
export async function forgeToken(claims: Record<string, unknown>): Promise<string> {
  pair ??= generateKeyPair('RS256');
  const { privateKey } = await pair;
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(privateKey);
}
