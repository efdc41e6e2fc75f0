/**
 * Step 7, first half: compares the token with the configuration.
 *
 * @module
 */
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Configuration } from '../configuration/configuration.js';
import { readPastedKey } from './pasted-key.js';

/** Tolerated difference between this clock and the site's, in seconds. */
const tolerance = 60;

/** Why a token is refused, in a sentence that quotes no token. */
export class RefusedToken extends Error {
  override name = 'RefusedToken';

  constructor(
    message: string,
    /** What to change, and the field of the configuration if it is one. */
    readonly remedy: string,
    readonly facts: Record<string, string> = {},
  ) {
    super(message);
  }
}

/**
 * The claims of a token that is signed with the pasted key, for the configured issuer, and valid now.
 *
 * @throws RefusedToken otherwise.
 */
export async function verifyToken(token: string, { publicKey, issuer }: Configuration): Promise<JWTPayload> {
  const key = await readPastedKey(publicKey).catch((error: Error) => {
    throw new RefusedToken(error.message, 'Correct JWT Public Key in Live Assist’s configuration.', {
      'Wrong field': 'JWT Public Key',
    });
  });
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['RS256'],
      issuer,
      requiredClaims: ['sub', 'iat', 'exp'],
      clockTolerance: tolerance,
    });
    if (Number(payload.iat) > Date.now() / 1000 + tolerance)
      throw new RefusedToken(
        'The token is from the future.',
        'Write iat in seconds, and set the server’s clock.',
      );
    return payload;
  } catch (error) {
    throw error instanceof RefusedToken ? error : refusal(error, issuer);
  }
}

function refusal(error: unknown, issuer: string): RefusedToken {
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new RefusedToken(
      'The signature does not match the JWT Public Key.',
      'Enter the public key of the pair that signs, as JWT Public Key in Live Assist’s configuration. "npx live-assist-bridge config" prints it.',
      { 'Wrong field': 'JWT Public Key' },
    );
  if (error instanceof errors.JWTExpired)
    return new RefusedToken(
      'The token has expired.',
      'Sign a new token for every request, and set the server’s clock.',
    );
  if (error instanceof errors.JOSEAlgNotAllowed)
    return new RefusedToken('The token is not signed with RS256.', 'Sign with RS256: createMinter() does.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim !== 'iss')
      return new RefusedToken(
        `The token’s claim ${error.claim} is missing or wrong.`,
        'sub is the contact’s GUID; iat and exp are numbers of seconds.',
      );
    const { iss } = error.payload;
    return new RefusedToken(
      'The token’s issuer is not the configured one.',
      'Make JWT Issuer in Live Assist’s configuration and the token’s iss equal, byte for byte.',
      {
        'Wrong field': 'JWT Issuer',
        'JWT Issuer': issuer,
        'Token’s iss': typeof iss === 'string' ? iss : 'missing',
      },
    );
  }
  if (error instanceof errors.JOSEError)
    return new RefusedToken(
      'What the page handed over is not a token.',
      'Call back with the compact JWT, a string of three parts joined by dots.',
    );
  throw error;
}
