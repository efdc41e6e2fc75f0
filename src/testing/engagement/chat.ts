/**
 * The result of an engagement, with Live Assist's verdict on the token.
 *
 * @module
 */

import { diagnose, type FindingCode } from '../../diagnosis/diagnose.js';
import { refusalStep, type Step } from '../../diagnosis/refusal-step.js';
import { KeyError } from '../../key/key-error.js';
import { publicKeyValue } from '../../key/public-key-value.js';
import type { EngagementAnswer } from '../engagement.js';
import { forgeryOf } from '../faults/forge-token.js';
import type { LiveAssistOptions } from '../live-assist-options.js';
import type { ClickAnswer } from './click.js';

/**
 * The result of one engagement. `authenticated` means that Live Assist would accept the token, as far as this can be
 * checked with `publicKey` and `issuer`. If it would not, the outcome is `refused`, and `code` and `message` say why.
 */
export interface Chat extends EngagementAnswer {
  /** How late the method appeared, in milliseconds after `start()`: 0 if it was there at once. */
  waited: number;
  /** The address to which the page navigated on the click. */
  target?: string;
  /** The code of the bridge's refusal, or of the finding for which Live Assist refuses the token. */
  code?: string;
  /** Whether the page has already handed over this token in this test. */
  isRepeated?: boolean;
  /** Which of the eight steps failed, if one did. */
  step?: Step;
  /** Answers after the end of this engagement, added as they arrive. There should be none. */
  lateAnswers: EngagementAnswer[];
}

/** Errors of the site that do not make a verifier refuse the token. */
const harmless = new Set<FindingCode>(['seven-second-sample', 'name-not-text']);

/** The options of the test with which a finding compared the token. */
const compared: Partial<Record<FindingCode, string>> = {
  'other-pair': 'The pasted key is the option liveAssist.publicKey.',
  'issuer-differs': 'The issuer entered is the option liveAssist.issuer.',
};

/**
 * Judges the method's answer as Live Assist would.
 *
 * @throws KeyError if the option `publicKey` is not a usable key.
 */
export async function judgeAnswer(
  answer: ClickAnswer,
  { publicKey, issuer }: LiveAssistOptions,
): Promise<Chat> {
  const lateAnswers: EngagementAnswer[] = [];
  if (answer.outcome === 'refused') return { ...answer, step: refusalStep(answer.code), lateAnswers };
  if (answer.outcome !== 'authenticated') return { ...answer, step: 6, lateAnswers };
  // Any form of the key is accepted, because the option is the test's setting, not the value pasted in Live Assist.
  const key = publicKey === undefined ? undefined : await keyValue(publicKey);
  const findings = await diagnose(answer.token ?? '', { publicKey: key, issuer });
  const forgery = forgeryOf(answer.token);
  // The kit re-signed this token to change its times, so the foreign signature says nothing about the site.
  const isOwnDoing = (code: string) => forgery?.wrong === 'times' && code === 'other-pair';
  const errors = findings.filter(({ level, code }) => level === 'error' && !isOwnDoing(code));
  const first = errors.find(({ code }) => !harmless.has(code));
  if (!first) return { ...answer, ...(errors[0] && { message: errors[0].message }), lateAnswers };
  const message = forgery?.isOver
    ? `This token is left over from the fault ${forgery.fault}. The page has kept it. Reload the page, or call askAgain().`
    : errors.map(({ code, message }) => [message, compared[code]].filter(Boolean).join('\n')).join('\n');
  return { ...answer, outcome: 'refused', step: 7, code: first.code, message, lateAnswers };
}

async function keyValue(publicKey: string): Promise<string> {
  try {
    return await publicKeyValue(publicKey);
  } catch (error) {
    if (error instanceof KeyError)
      throw new KeyError(error.code, `liveAssist.publicKey cannot be used. ${error.message}`);
    throw error;
  }
}
