/** What a test expects of a chat, with messages that name the step which failed. */
import { isDeepStrictEqual } from 'node:util';
import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import { parseGuid } from '../server/guid.js';
import type { Claims } from '../token/claims.js';
import type { Chat } from './chat.js';
import { type BridgeCode, steps } from './refusal-step.js';

/** A code of the bridge, or of a finding for which Live Assist refuses the token. */
export type RefusalCode = BridgeCode | (string & {});

/** Claims by name; each an equal value or an asymmetric matcher. */
export type ExpectedClaims = { [Claim in keyof Claims]?: unknown };

function failure(chat: Chat): string {
  const [late] = chat.lateAnswers;
  if (chat.step !== undefined)
    return `Step ${chat.step} of 8 failed: ${steps[chat.step - 1]}.\n${chat.message}`;
  return late ? `Step 6 of 8 failed: ${steps[5]}.\nThe method called back a second time, later.` : '';
}

function received({ outcome, code, claims }: Chat): string {
  if (outcome === 'authenticated') return `authenticated as ${claims?.sub}`;
  return code === undefined ? outcome : `${outcome} (${code})`;
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
      : 'This is no chat. Expect it of what engagement.start() resolves to.',
  );
}

export const matchers = {
  /**
   * Passes if Live Assist takes the token and the agent gets this contact: a GUID, in whatever form Dynamics shows it,
   * or claims of which each must be equal (asymmetric matchers are welcome).
   *
   * With `.not` it passes for another contact and for a refusal, but fails where Live Assist was not answered properly.
   */
  toBeAuthenticatedAs(
    this: ExpectMatcherState,
    chat: Chat,
    expected: string | ExpectedClaims,
  ): MatcherReturnType {
    requireChat(chat);
    const { outcome, claims = {}, lateAnswers } = chat;
    const isTaken = outcome === 'authenticated' && lateAnswers.length === 0;
    const isAnswered = isTaken || outcome === 'refused';
    const wanted: ExpectedClaims = typeof expected === 'string' ? { sub: expected } : expected;
    const different = Object.entries(wanted).filter(([name, value]) => {
      const guid = name === 'sub' ? parseGuid(value) : undefined;
      if (guid !== undefined) return guid !== parseGuid(claims[name]);
      return !isEqual(claims[name], value);
    });
    const asExpected = isTaken && different.length === 0;
    return {
      pass: isAnswered ? asExpected : this.isNot,
      name: 'toBeAuthenticatedAs',
      message: () => {
        const { printExpected, printReceived } = this.utils;
        const not = this.isNot ? 'not ' : '';
        const lines = [
          `expect(chat).${this.isNot ? 'not.' : ''}toBeAuthenticatedAs(expected)\n`,
          `Expected: ${not}authenticated with ${printExpected(wanted)}`,
          `Received: ${printReceived(received(chat))}\n`,
          failure(chat),
        ];
        if (isTaken && !asExpected)
          lines.push(
            `Step 8 of 8 failed: ${steps[7]}.`,
            ...different.map(([name]) => `The claim "${name}" is ${printReceived(claims[name])}.`),
          );
        return lines.join('\n').trimEnd();
      },
    };
  },

  /**
   * Passes if the visitor gets the offline survey because the method refused, or handed over what Live Assist refuses;
   * with `code`, only for that reason. A missing method, no answer and two answers always fail, with `.not` too.
   */
  toBeRefused(this: ExpectMatcherState, chat: Chat, code?: RefusalCode): MatcherReturnType {
    requireChat(chat);
    const isAnswered = chat.outcome === 'refused' || chat.outcome === 'authenticated';
    const asExpected = chat.outcome === 'refused' && (code === undefined || chat.code === code);
    return {
      pass: isAnswered ? asExpected : this.isNot,
      name: 'toBeRefused',
      message: () =>
        [
          `expect(chat).${this.isNot ? 'not.' : ''}toBeRefused(${code === undefined ? '' : 'code'})\n`,
          `Expected: ${this.isNot ? 'not ' : ''}${this.utils.printExpected(code === undefined ? 'refused' : `refused (${code})`)}`,
          `Received: ${this.utils.printReceived(received(chat))}\n`,
          failure(chat),
        ]
          .join('\n')
          .trimEnd(),
    };
  },
};
