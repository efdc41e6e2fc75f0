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
  /** The text pasted as JWT Public Key in Live Assist, as it stands: untrimmed, unrepaired. @default not checked */
  publicKey?: string | undefined;
  /** The text entered as JWT Issuer in Live Assist, as it stands. @default not compared */
  issuer?: string | undefined;
  /** Where the token is in a JSON answer, as in the bridge; a dotted path. @default 'token' */
  tokenField?: string | undefined;
  /** The origin of the page that asked for the Response, to judge its CORS headers for. @default not judged */
  origin?: string | undefined;
}

const known = { publicKey: true, issuer: true, tokenField: true, origin: true } satisfies Record<
  keyof DiagnoseOptions,
  true
>;

/**
 * Everything found about a token, errors first; nothing but notes means that it is fine.
 *
 * `subject` is a token or the text pasted for one, or the Response of a token endpoint, asked for with `redirect:
 * 'manual'`, whose body is read. Times are compared with the server's Date if there is one, else with the clock here.
 * A text may also be a saved answer, with its headers or without, as `curl -i` prints it; whether its token has expired
 * since is judged by the clock here.
 * Asks nobody: neither Live Assist nor the CRM. Messages never hold the token, a key, or a claim other than `iss` and
 * the times.
 *
 * @throws TypeError for a Response whose body has been read already, for what is neither text nor Response, and for an
 * option that is not known.
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
  // Not instanceof: servers and test runners replace Response.
  const isResponse = typeof subject === 'object' && subject !== null && 'headers' in subject;
  if (typeof subject !== 'string' && !isResponse)
    throw new TypeError(
      'diagnose was given neither text nor a Response. Give the token, or what fetch answered.',
    );
  const wrong = Object.entries(options).find(([, value]) => value !== undefined && typeof value !== 'string');
  if (wrong)
    throw new TypeError(`${wrong[0]} is not text. Give what stands in Live Assist, or leave the option out.`);
}
