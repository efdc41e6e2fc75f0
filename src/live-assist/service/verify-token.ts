/**
 * Step 7, first half: compares the token with the configuration.
 *
 * @module
 */
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { type VendorCode, vendorCodes } from '../../diagnosis/codes/vendor-codes.js';
import type { Configuration } from '../configuration/configuration.js';
import { readPastedKey } from './pasted-key.js';

/** Tolerated difference between this machine's clock and the site's, in seconds. */
const tolerance = 60;

/** Why a token is refused, in a sentence that quotes no token. */
export class RefusedToken extends Error {
  override name = 'RefusedToken';

  constructor(
    message: string,
    /** The code with which the vendor's verifier would refuse it, according to the documentation. */
    readonly code: VendorCode,
    /** What to change, and the field of the configuration if it is one. */
    readonly remedy: string,
    facts: Record<string, string> = {},
  ) {
    super(message);
    this.facts = { ...facts, 'Live Assist’s code': `${code}. ${vendorCodes[code].why}` };
  }

  readonly facts: Record<string, string>;
}

/**
 * Returns the claims of a token that the pasted key verifies, that has the configured issuer, and that is valid now.
 *
 * @throws RefusedToken otherwise.
 */
export async function verifyToken(token: string, { publicKey, issuer }: Configuration): Promise<JWTPayload> {
  const key = await readPastedKey(publicKey).catch((error: Error) => {
    throw new RefusedToken(error.message, '1028', 'Correct JWT Public Key in Live Assist’s configuration.', {
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
        '9007',
        'Write iat in seconds, and set the server’s clock.',
      );
    return payload;
  } catch (error) {
    throw error instanceof RefusedToken ? error : refusal(error, issuer, token);
  }
}

function refusal(error: unknown, issuer: string, token: string): RefusedToken {
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new RefusedToken(
      'The signature does not match the JWT Public Key.',
      '9007',
      'Enter the public key of the pair that signs, as JWT Public Key in Live Assist’s configuration. "npx live-assist-bridge config" prints it.',
      { 'Wrong field': 'JWT Public Key' },
    );
  if (error instanceof errors.JWTExpired)
    return new RefusedToken(
      'The token has expired.',
      '1012',
      'Sign a new token for every request, and set the server’s clock.',
    );
  if (error instanceof errors.JOSEAlgNotAllowed)
    return new RefusedToken(
      'The token is not signed with RS256.',
      '1003',
      'Sign with RS256: createMinter() does.',
    );
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (Object.keys(error.payload).length === 0)
      return new RefusedToken('The token has no claims.', '1011', 'Sign sub, iss, iat and exp.');
    if (error.claim !== 'iss')
      return new RefusedToken(
        `The token’s claim ${error.claim} is missing or wrong.`,
        '9007',
        'sub is the contact’s GUID; iat and exp are numbers of seconds.',
      );
    const { iss } = error.payload;
    return new RefusedToken(
      'The token’s issuer is not the configured one.',
      '9007',
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
      formCode(token),
      'Call back with the compact JWT, a string of three parts joined by dots.',
    );
  throw error;
}

/** Returns the code for a text that cannot be read as a signed token. */
function formCode(token: string): VendorCode {
  const parts = token.split('.');
  if (parts.length === 5) return '1004';
  return parts.length === 3 && parts.every((part) => /^[\w-]+$/.test(part)) ? '1001' : '1008';
}
