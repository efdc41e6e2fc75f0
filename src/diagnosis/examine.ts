/**
 * Examines a token, the answer it came in and the key pasted for it, from the outside in.
 *
 * @module
 */
import { fitsRsaKey } from '../contract/token-shape.js';
import { readKey } from '../key/read/read-key.js';
import { type AnswerOptions, inspectAnswer } from './answer/answer.js';
import { savedAnswer } from './answer/saved-answer.js';
import { byLevel, type Finding, finding } from './findings/finding.js';
import { identityServer } from './identity-server.js';
import { jsonText } from './json-text.js';
import { inspectKey } from './key/key.js';
import { inspectHeader } from './token/header.js';
import { inspectEntered, inspectIssuer } from './token/issuer.js';
import { inspectNames } from './token/names.js';
import { inspectSignature } from './token/signature.js';
import { inspectSubject } from './token/subject.js';
import { inspectTimes } from './token/times.js';
import { splitToken, type TokenParts } from './token/token-parts.js';
import { takeToken, unwrapToken } from './token/token-text.js';

export interface ExamineOptions extends AnswerOptions {
  publicKey?: string | undefined;
  issuer?: string | undefined;
}

/** The findings, and the token's header and payload if they can be read. The caller decides whether to show them. */
export interface Examination extends Pick<TokenParts, 'header' | 'payload'> {
  /** The token itself, for comparison only. It must not appear in a message. */
  token?: string | undefined;
  /** Errors first. */
  findings: Finding[];
}

export async function examine(subject: string | Response, options: ExamineOptions): Promise<Examination> {
  const findings: Finding[] = [];
  const inspection = inspect(subject, options);
  let step = await inspection.next();
  for (; !step.done; step = await inspection.next()) findings.push(step.value);
  findings.sort(byLevel);
  return { ...step.value, findings };
}

async function* inspect(
  subject: string | Response,
  options: ExamineOptions,
): AsyncGenerator<Finding, TokenParts & { token?: string | undefined }> {
  const { publicKey, issuer } = options;
  const answer = typeof subject === 'string' ? savedAnswer(subject) : subject;
  const { token, now, arrived } = yield* answer
    ? fromAnswer(answer, { ...options, saved: answer !== subject })
    : fromText(String(subject), options);
  const parts = token === undefined ? {} : yield* splitToken(token, answer !== undefined);
  const { header, payload, signed } = parts;
  if (readKey(jsonText([header, payload])).kind === 'private') yield finding('private-key', 'in-token');
  if (header) yield* inspectHeader(header);
  if (payload) {
    const server = identityServer(payload);
    if (server?.name === 'Microsoft Entra ID') yield finding('token-of-entra', server.kind);
    else if (server) yield finding('token-of-identity-server', server.kind, server.name);
    yield* inspectSubject(payload);
    yield* inspectNames(payload);
    yield* inspectTimes(payload, { now, arrived });
    yield* inspectIssuer(payload.iss, issuer);
  } else if (issuer !== undefined) yield* inspectEntered(issuer);
  const key = publicKey === undefined ? undefined : yield* inspectKey(publicKey, header);
  if (key && signed && header?.alg === 'RS256') yield* inspectSignature(signed, key);
  else if (signed) {
    // Without a key, like the bridge, it refuses only a signature that no RSA key can have made.
    if (!fitsRsaKey(signed.text)) yield finding('signature-length', signed.signature.length, undefined);
    if (publicKey === undefined) yield finding('signature-not-checked');
  }
  return { ...parts, token };
}

async function* fromText(text: string, { tokenField }: AnswerOptions) {
  return { token: yield* takeToken(text, tokenField), now: Date.now() / 1000, arrived: undefined };
}

async function* fromAnswer(response: Response, options: AnswerOptions) {
  const { token, ...moment } = yield* inspectAnswer(response, options);
  return {
    token: token === undefined ? undefined : yield* unwrapToken(token, 'token-quoted-in-answer'),
    ...moment,
  };
}
