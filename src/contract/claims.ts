/**
 * The claims that Live Assist reads, and what can be wrong with an issuer or a time.
 *
 * @module
 */

/** The payload of a token (the specification, "Building the JWT"; RFC 7519 section 4.1). */
export interface Claims {
  /** GUID of the visitor's Contact in Dynamics. */
  sub: string;
  /** When the token was issued: seconds since 1970, a number. */
  iat: number;
  /** When the token stops being valid: seconds since 1970, a number. */
  exp: number;
  /** The issuer. It must equal the issuer entered in Live Assist, byte for byte. */
  iss?: string;
  given_name?: string;
  family_name?: string;
  [claim: string]: unknown;
}

/**
 * Returns why `issuer` is not valid, as the end of a sentence, or `undefined`. Live Assist compares issuers byte for
 * byte, so invisible characters are refused.
 */
export function issuerDefect(issuer: unknown): string | undefined {
  if (issuer === undefined || issuer === '') return 'is missing';
  if (typeof issuer !== 'string') return 'is not text';
  return /[\s\p{Cc}\p{Cf}]/u.test(issuer) ? 'contains white space or an invisible character' : undefined;
}

export type TimeDefect = 'missing' | 'not-a-number' | 'milliseconds';

/**
 * Returns why `value` is not a time in seconds, or `undefined` (RFC 7519 section 2, NumericDate; fractions are
 * allowed).
 */
export function timeDefect(value: unknown): TimeDefect | undefined {
  if (value === undefined) return 'missing';
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'not-a-number';
  // In seconds, 1e11 is the year 5138; in milliseconds, it is 1973.
  return value > 1e11 ? 'milliseconds' : undefined;
}
