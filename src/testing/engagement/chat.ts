/**
 * What came of an engagement, with Live Assist's verdict on the token.
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
 * One engagement. `authenticated` here means that Live Assist would take the token, as far as `publicKey` and `issuer`
 * allow to tell; a token it would not take makes `refused`, and `code` and `message` say why.
 */
export interface Chat extends EngagementAnswer {
  /** How late the method appeared, in milliseconds after `start()`: 0 if it was there at once. */
  waited: number;
  /** The address to which the page navigated on the click. */
  target?: string;
  /** The code of the bridge's refusal, or of the finding for which Live Assist refuses the token. */
  code?: string;
  /** Whether the token is one that the page has handed over before in this test. */
  isRepeated?: boolean;
  /** Which of the eight steps failed, if one did. */
  step?: Step;
  /** Answers after the end of this engagement, filled as they come. There should be none. */
  lateAnswers: EngagementAnswer[];
}

/** Errors of the site for which no verifier refuses a token. */
const harmless = new Set<FindingCode>(['seven-second-sample', 'name-not-text']);

/**
 * Judges what the method answered as Live Assist would.
 *
 * @throws KeyError when the option `publicKey` is no such key.
 */
export async function judgeAnswer(
  answer: ClickAnswer,
  { publicKey, issuer }: LiveAssistOptions,
): Promise<Chat> {
  const lateAnswers: EngagementAnswer[] = [];
  if (answer.outcome === 'refused') return { ...answer, step: refusalStep(answer.code), lateAnswers };
  if (answer.outcome !== 'authenticated') return { ...answer, step: 6, lateAnswers };
  // The kit is lenient with the key's form: it is the test's setting, not what was pasted.
  const key = publicKey === undefined ? undefined : await keyValue(publicKey);
  const findings = await diagnose(answer.token ?? '', { publicKey: key, issuer });
  const forgery = forgeryOf(answer.token);
  // The kit has signed it again to bend its times: that is no finding about the site.
  const isOwnDoing = (code: string) => forgery?.wrong === 'times' && code === 'other-pair';
  const errors = findings.filter(({ level, code }) => level === 'error' && !isOwnDoing(code));
  const first = errors.find(({ code }) => !harmless.has(code));
  if (!first) return { ...answer, ...(errors[0] && { message: errors[0].message }), lateAnswers };
  const message = forgery?.isOver
    ? `This is still the token of the fault ${forgery.fault}, which the page has kept. Reload the page, or call askAgain().`
    : errors.map((finding) => finding.message).join('\n');
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
