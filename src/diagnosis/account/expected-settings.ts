/**
 * Derives the expected settings of an account from a token and from the given options.
 *
 * @module
 */
import type { Examination } from '../examine.js';
import { byLevel, type Finding, type FindingCode } from '../findings/finding.js';
import { splitToken } from '../token/token-parts.js';
import type { ExpectedSettings } from './compare-connector.js';

export interface GivenSettings {
  publicKey?: string | undefined;
  issuer?: string | undefined;
  methodName: string;
}

/** The token's own issuer takes precedence over the given one, because Live Assist sees only the token. */
export function expectedSettings(
  { header, payload, token }: Pick<Examination, 'header' | 'payload' | 'token'>,
  { publicKey, issuer, methodName }: GivenSettings,
): ExpectedSettings {
  const iss = typeof payload?.iss === 'string' && payload.iss ? payload.iss : undefined;
  const signed = header?.alg === 'RS256' && token !== undefined ? signedPart(token) : undefined;
  return { publicKey, issuer: iss ?? issuer, methodName, signed };
}

function signedPart(token: string) {
  const parts = splitToken(token, false);
  let step = parts.next();
  while (!step.done) step = parts.next();
  return step.value.signed;
}

/** Notes that ask for something that the account has answered. */
const answered: Partial<Record<FindingCode, RegExp>> = {
  'signature-not-checked': /^account-(signature|key-signature)/,
  'issuer-not-compared': /^account-issuer/,
};

/** Combines both lists: errors first and, within a level, findings about the account last. */
export function withAccountFindings(findings: Finding[], account: Finding[]): Finding[] {
  const open = findings.filter(({ code }) => !account.some((found) => answered[code]?.test(found.code)));
  return [...open, ...account].sort(byLevel);
}
