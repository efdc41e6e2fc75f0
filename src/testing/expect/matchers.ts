/**
 * The expectations of chats, with messages that name the failed step.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import { parseGuid } from '../../contract/guid.js';
import type { FindingCode } from '../../diagnosis/diagnose.js';
import { type BridgeCode, refusalSteps } from '../../diagnosis/refusal-step.js';
import type { Chat } from '../engagement/chat.js';
import { distinct } from './distinct.js';
import { type ExpectedClaims, explainClaims, keptToken, readExpected } from './expected-claims.js';
import { noteFailedExpectation } from './failed-chats.js';
import { received } from './received.js';
import { requireCode } from './refusal-code.js';
import { toIdentify } from './to-identify.js';
import { toKeepTokensSecret } from './to-keep-tokens-secret.js';

/** A code of the bridge, or of a finding that makes Live Assist refuse the token. */
export type RefusalCode = BridgeCode | FindingCode;

/** How Live Assist was answered, or `undefined` if it was not answered exactly once. */
function verdict({ outcome, lateAnswers }: Chat): 'authenticated' | 'refused' | undefined {
  return lateAnswers.length === 0 && (outcome === 'authenticated' || outcome === 'refused')
    ? outcome
    : undefined;
}

function failure(chat: Chat): string {
  const { outcome, step, message, lateAnswers } = chat;
  const [late] = lateAnswers;
  if (late && outcome !== 'no-answer')
    return `Step 6 of 8 failed: ${refusalSteps[5]}.\nThe method called back again, after the engagement had ended.`;
  const after = late && Math.round(late.milliseconds - chat.milliseconds);
  const came = after === undefined ? '' : ` It called back ${after} ms later, which is too late.`;
  return step === undefined ? '' : `Step ${step} of 8 failed: ${refusalSteps[step - 1]}.\n${message}${came}`;
}

/** Hints for a test whose chat was not refused, or was refused for another reason. */
function whyNotRefused(chat: Chat, code: string | undefined): string[] {
  const answer = verdict(chat);
  if (answer === 'refused')
    return code !== undefined && chat.code === undefined
      ? [
          'The page gave no code, because another script than the bridge answers there. If the site has no bridge, use toBeRefused() without a code.',
        ]
      : [];
  if (answer === undefined) return [];
  return chat.isRepeated
    ? [`Step 4 of 8 failed: ${refusalSteps[3]}.`, keptToken]
    : ['The token is a new one: its endpoint knows the visitor. Has the test signed out?'];
}

/** Equality, or what an asymmetric matcher (`expect.stringContaining`) says. */
function isEqual(actual: unknown, expected: unknown): boolean {
  const match: unknown =
    typeof expected === 'object' && expected !== null && Reflect.get(expected, 'asymmetricMatch');
  return typeof match === 'function'
    ? Boolean(Reflect.apply(match, expected, [actual]))
    : isDeepStrictEqual(actual, expected);
}

function requireChat(chat: Chat): void {
  if (typeof chat?.outcome === 'string' && Array.isArray(chat.lateAnswers)) return;
  throw new TypeError(
    chat instanceof Promise
      ? 'This is the promise of a chat. Await engagement.start() first.'
      : 'This is not a chat. Pass what engagement.start() resolves to.',
  );
}

export const matchers = {
  toIdentify,

  toKeepTokensSecret,

  /**
   * Passes if Live Assist accepts the token and the agent gets this contact. Pass a GUID in any form that Dynamics
   * shows, or claims. Each claim must be equal, or match an asymmetric matcher.
   *
   * With `.not` it passes for another contact and for a refusal, but fails if Live Assist was not answered properly.
   *
   * @throws TypeError for text that is not a GUID, for a misspelt claim, and with `.not` for a claim that this token
   * does not have.
   */
  toBeAuthenticatedAs(
    this: ExpectMatcherState,
    chat: Chat,
    expected: string | ExpectedClaims,
  ): MatcherReturnType {
    requireChat(chat);
    const { claims = {} } = chat;
    const answer = verdict(chat);
    const wanted = readExpected(expected, claims, this.isNot);
    const different = Object.entries(wanted).filter(([name, value]) => {
      const guid = name === 'sub' ? parseGuid(value) : undefined;
      if (guid !== undefined) return guid !== parseGuid(claims[name]);
      return !isEqual(claims[name], value);
    });
    const isTaken = answer === 'authenticated';
    const asExpected = isTaken && different.length === 0;
    const pass = answer === undefined ? this.isNot : asExpected;
    if (pass === this.isNot) noteFailedExpectation(chat);
    return {
      pass,
      name: 'toBeAuthenticatedAs',
      message: () => {
        const { printExpected, printReceived } = this.utils;
        const not = this.isNot ? 'not ' : '';
        const [expectedText, receivedText] = distinct(
          `${not}authenticated with ${printExpected(wanted)}`,
          isTaken && different.length > 0
            ? `authenticated with ${printReceived(Object.fromEntries(different.map(([name]) => [name, claims[name]])))}`
            : printReceived(received(chat)),
        );
        const lines = [
          `expect(chat).${this.isNot ? 'not.' : ''}toBeAuthenticatedAs(expected)\n`,
          `Expected: ${expectedText}`,
          `Received: ${receivedText}\n`,
          failure(chat),
        ];
        if (isTaken && !asExpected) lines.push(...explainClaims(claims, different, chat.isRepeated));
        return lines
          .filter((line) => line !== '')
          .join('\n')
          .trimEnd();
      },
    };
  },

  /**
   * Passes if the visitor gets the offline survey because the method refused, or because Live Assist refuses what it
   * handed over. With `code`, passes only for that reason. A missing method, a navigation, no answer and two answers
   * always fail, also with `.not`.
   *
   * @throws TypeError for an unknown code.
   */
  toBeRefused(this: ExpectMatcherState, chat: Chat, code?: RefusalCode): MatcherReturnType {
    requireChat(chat);
    if (code !== undefined && code !== chat.code) requireCode(code);
    const answer = verdict(chat);
    const asExpected = answer === 'refused' && (code === undefined || chat.code === code);
    const pass = answer === undefined ? this.isNot : asExpected;
    if (pass === this.isNot) noteFailedExpectation(chat);
    return {
      pass,
      name: 'toBeRefused',
      message: () =>
        [
          `expect(chat).${this.isNot ? 'not.' : ''}toBeRefused(${code === undefined ? '' : 'code'})\n`,
          `Expected: ${this.isNot ? 'not ' : ''}${this.utils.printExpected(code === undefined ? 'refused' : `refused (${code})`)}`,
          `Received: ${this.utils.printReceived(received(chat))}\n`,
          failure(chat),
          ...(this.isNot ? [] : whyNotRefused(chat, code)),
        ]
          .filter((line) => line !== '')
          .join('\n')
          .trimEnd(),
    };
  },
};
