/** The claims Live Assist reads out of a token, and what can be wrong with a time. */

/** The payload of a token (the specification, "Building the JWT"; RFC 7519 section 4.1). */
export interface Claims {
  /** GUID of the visitor's Contact in Dynamics. */
  sub: string;
  /** When the token was issued: seconds since 1970, a number. */
  iat: number;
  /** When the token stops being valid: seconds since 1970, a number. */
  exp: number;
  /** Who issued it; must equal what was entered in Live Assist, byte for byte. */
  iss?: string;
  given_name?: string;
  family_name?: string;
  [claim: string]: unknown;
}

export type TimeDefect = 'missing' | 'not-a-number' | 'milliseconds';

/** What keeps `value` from being a time in seconds (RFC 7519 section 2, NumericDate; fractions are allowed). */
export function timeDefect(value: unknown): TimeDefect | undefined {
  if (value === undefined) return 'missing';
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'not-a-number';
  // As seconds 1e11 is the year 5138; as milliseconds it is 1973.
  return value > 1e11 ? 'milliseconds' : undefined;
}
