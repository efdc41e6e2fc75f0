/**
 * Signs tokens with a key that is not the site's, and knows them again.
 *
 * @module
 */
import { type CryptoKey, generateKeyPair, SignJWT } from 'jose';

/** What a token was forged for. */
export interface Forgery {
  /** The method of `faults`. */
  fault: string;
  /** What is wrong with the token. Whatever it is, the signature is not the site's. */
  wrong: 'signature' | 'times';
  /** Whether the fault has ended. */
  isOver: boolean;
}

let pair: Promise<{ privateKey: CryptoKey }> | undefined;
const forgeries = new Map<string, Forgery>();

/** A token with `claims`, taken as they are, signed RS256 by a key made for this run of the tests. */
export async function forgeToken(claims: Record<string, unknown>, forgery: Forgery): Promise<string> {
  pair ??= generateKeyPair('RS256');
  const { privateKey } = await pair;
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(privateKey);
  forgeries.set(token, forgery);
  return token;
}

/** What `token` was forged for, if it was forged here. */
export function forgeryOf(token: string | undefined): Forgery | undefined {
  return token === undefined ? undefined : forgeries.get(token);
}
