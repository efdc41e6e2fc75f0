/** Says what is wrong with a token, the answer it came in and the key pasted for it, and what to change. */
import { type AnswerOptions, inspectAnswer } from './diagnose/answer.js';
import { type Finding, type FindingCode, finding } from './diagnose/finding.js';
import { inspectHeader } from './diagnose/header.js';
import { inspectIssuer } from './diagnose/issuer.js';
import { inspectKey } from './diagnose/key.js';
import { inspectNames } from './diagnose/names.js';
import { inspectSignature } from './diagnose/signature.js';
import { inspectSubject } from './diagnose/subject.js';
import { inspectTimes } from './diagnose/times.js';
import { splitToken } from './diagnose/token-parts.js';
import { takeToken, unwrapToken } from './diagnose/token-text.js';

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

const LEVELS: Finding['level'][] = ['error', 'warning', 'note'];

/**
 * Everything found about a token, errors first; nothing but notes means that it is fine.
 *
 * `subject` is a token or the text pasted for one, or the Response of a token endpoint, asked for with `redirect:
 * 'manual'`, whose body is read. Times are compared with the server's Date if there is one, else with the clock here.
 * Asks nobody: neither Live Assist nor the CRM. Messages never hold the token, a key, or a claim other than `iss` and
 * the times.
 *
 * @throws TypeError if the body of the Response has been read already.
 */
export async function diagnose(
  subject: string | Response,
  options: DiagnoseOptions = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const found of inspect(subject, options)) findings.push(found);
  return findings.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

async function* inspect(subject: string | Response, options: DiagnoseOptions): AsyncGenerator<Finding> {
  const { publicKey, issuer, tokenField = 'token', origin } = options;
  const { token, now, onArrival } = yield* typeof subject === 'string'
    ? fromText(subject, tokenField)
    : fromAnswer(subject, { tokenField, origin });
  const { header, payload, signed } = token === undefined ? {} : yield* splitToken(token);
  if (header) yield* inspectHeader(header);
  if (payload) {
    yield* inspectSubject(payload.sub);
    yield* inspectNames(payload);
    yield* inspectTimes(payload, { now, onArrival });
    yield* inspectIssuer(payload.iss, issuer);
  }
  const key = publicKey === undefined ? undefined : yield* inspectKey(publicKey);
  if (key && signed && header?.alg === 'RS256') yield* inspectSignature(signed, key);
  else if (token !== undefined && publicKey === undefined) yield finding('signature-not-checked');
}

async function* fromText(text: string, tokenField: string) {
  return { token: yield* takeToken(text, tokenField), now: Date.now() / 1000, onArrival: false };
}

async function* fromAnswer(response: Response, options: AnswerOptions) {
  const { token, now } = yield* inspectAnswer(response, options);
  return {
    token: token === undefined ? undefined : yield* unwrapToken(token, 'token-quoted-in-answer'),
    now,
    onArrival: true,
  };
}
