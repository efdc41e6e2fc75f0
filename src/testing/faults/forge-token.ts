/**
 * Signs tokens with a key that is not the site's, and recognises them later.
 *
 * @module
 */
import { type CryptoKey, generateKeyPair, SignJWT } from 'jose';

/** Why a token was forged. */
export interface Forgery {
  /** The method of `faults`. */
  fault: string;
  /** What is wrong with the token. In both cases, the signature is not the site's. */
  wrong: 'signature' | 'times';
  /** Whether the fault has ended. */
  isOver: boolean;
}

let pair: Promise<{ privateKey: CryptoKey }> | undefined;
const forgeries = new Map<string, Forgery>();

/** Returns a token with `claims`, unchanged, signed with RS256 by a key created for this test run. */
export async function forgeToken(claims: Record<string, unknown>, forgery: Forgery): Promise<string> {
  pair ??= generateKeyPair('RS256');
  const { privateKey } = await pair;
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(privateKey);
  forgeries.set(token, forgery);
  return token;
}

/** Returns why `token` was forged, or `undefined` if it was not forged here. */
export function forgeryOf(token: string | undefined): Forgery | undefined {
  return token === undefined ? undefined : forgeries.get(token);
}
