/** Step 7, first half: is the token what the configuration says it must be? */
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Configuration } from '../configuration/configuration.js';
import { readPastedKey } from './pasted-key.js';

/** How far this clock and the site's may be apart, in seconds. */
const tolerance = 60;

/**
 * The claims of a token that is signed with the pasted key, for the configured issuer, and valid now.
 *
 * @throws Error in a sentence that says why it is refused; it quotes no token.
 */
export async function verifyToken(token: string, { publicKey, issuer }: Configuration): Promise<JWTPayload> {
  const key = await readPastedKey(publicKey);
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['RS256'],
      issuer,
      requiredClaims: ['sub', 'iat', 'exp'],
      clockTolerance: tolerance,
    });
    if (Number(payload.iat) > Date.now() / 1000 + tolerance)
      throw new Error('The token is from the future: iat must be in seconds, by a clock that is right.');
    return payload;
  } catch (error) {
    throw new Error(reason(error));
  }
}

function reason(error: unknown): string {
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return 'The signature does not match the pasted key.';
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is not signed with RS256.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.claim === 'iss'
      ? 'The token’s issuer is not the configured one.'
      : `The token’s claim ${error.claim} is missing or wrong.`;
  if (error instanceof errors.JOSEError) return 'What the page handed over is no token.';
  return (error as Error).message;
}
