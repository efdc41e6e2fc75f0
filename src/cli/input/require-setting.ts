/**
 * Refuses values that Live Assist or a token cannot contain, before anything is written or signed.
 *
 * @module
 */
import { issuerDefect } from '../../contract/claims.js';
import { isMethodName } from '../../contract/method-name.js';
import { UsageError } from '../usage-error.js';

/** Returns the issuer as every token will contain it. @throws UsageError */
export function requireIssuer(issuer: string | undefined): string {
  const defect = issuerDefect(issuer);
  if (!defect) return issuer as string;
  throw new UsageError(
    `--issuer ${defect}. Give the name of the site as its tokens will carry it, like --issuer www.example.com.`,
  );
}

/** Returns a name that can be looked up from the global object, dotted or not. @throws UsageError */
export function requireMethodName(name: string): string {
  if (isMethodName(name)) return name;
  throw new UsageError(
    'The method name is not one that a page can have. Write it like authoriseChatWithCallback or auth.getToken.',
  );
}

/** A whole number between `least` and `most`. @throws UsageError */
export function requireNumber(
  option: string,
  text: string,
  unit: string,
  least: number,
  most: number,
): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`--${option} is in ${unit}, a whole number from ${least} to ${most}.`);
}
