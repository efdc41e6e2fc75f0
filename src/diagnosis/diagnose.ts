/**
 * Says what is wrong with a token, the answer it came in and the key pasted for it, and what to change.
 *
 * @module
 */

import { requireKnownOptions } from '../contract/known-options.js';
import { examine } from './examine.js';
import type { Finding, FindingCode } from './findings/finding.js';

export type { Finding, FindingCode };

export interface DiagnoseOptions {
  /** The exact text pasted as JWT Public Key in Live Assist, not trimmed or repaired. @default not checked */
  publicKey?: string | undefined;
  /** The exact text entered as JWT Issuer in Live Assist. @default not compared */
  issuer?: string | undefined;
  /** The property of a JSON answer that holds the token, as in the bridge; a dotted path. @default 'token' */
  tokenField?: string | undefined;
  /** The origin of the page that requested the Response, for judging its CORS headers. @default not judged */
  origin?: string | undefined;
}

const known = { publicKey: true, issuer: true, tokenField: true, origin: true } satisfies Record<
  keyof DiagnoseOptions,
  true
>;

/**
 * Returns everything found about a token, errors first. If there are only notes, the token is fine.
 *
 * `subject` is text or a Response. Text is a token, anything pasted in place of one, or a saved answer as `curl -i`
 * prints it, with or without headers. A Response is the answer of a token endpoint, fetched with `redirect: 'manual'`;
 * its body is read.
 *
 * Times are compared with the server's Date header if there is one, otherwise with the local clock. Whether the token
 * in a saved answer has expired is judged by the local clock.
 *
 * No requests are made, neither to Live Assist nor to the CRM. Messages never contain the token, a key, or a claim
 * other than `iss` and the times.
 *
 * @throws TypeError for a Response whose body has already been read, for a subject that is neither text nor a Response,
 * and for an unknown option.
 */
export async function diagnose(
  subject: string | Response,
  options: DiagnoseOptions = {},
): Promise<Finding[]> {
  requireKnownOptions('diagnose', options, known);
  requireTypes(subject, options);
  const { publicKey, issuer, tokenField = 'token', origin } = options;
  return (await examine(subject, { publicKey, issuer, tokenField, origin })).findings;
}

function requireTypes(subject: unknown, options: DiagnoseOptions): void {
  // Not instanceof, because servers and test runners replace Response.
  const isResponse = typeof subject === 'object' && subject !== null && 'headers' in subject;
  if (typeof subject !== 'string' && !isResponse)
    throw new TypeError(
      'diagnose was given neither text nor a Response. Give the token, or what fetch answered.',
    );
  const wrong = Object.entries(options).find(([, value]) => value !== undefined && typeof value !== 'string');
  if (wrong)
    throw new TypeError(`${wrong[0]} is not text. Give what stands in Live Assist, or leave the option out.`);
}
