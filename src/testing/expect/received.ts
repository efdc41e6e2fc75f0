/**
 * Describes a chat's result in a few words, including further answers.
 *
 * @module
 */
import type { Chat } from '../engagement/chat.js';
import type { EngagementAnswer } from '../engagement.js';
import { maskTokens } from '../record/mask.js';

/** Returns the text for the line "Received" of a failed expectation. */
export function received(chat: Chat): string {
  const { outcome, second, lateAnswers, target } = chat;
  if (outcome === 'navigated') return `navigated to ${maskTokens(target ?? '')}`;
  if (outcome === 'answered-twice')
    return second ? `answered-twice: ${first(chat)}, then ${answer(second)}` : 'answered-twice';
  const late = lateAnswers.map((one) => `${answer(one)} after ${Math.round(one.milliseconds)} ms`);
  return [answer(chat), ...late].join(', then ');
}

const first = ({ claims, reason }: EngagementAnswer) =>
  reason === undefined && claims ? `authenticated as ${claims.sub}` : refusal(undefined, reason);

function answer({ outcome, code, reason, claims }: EngagementAnswer): string {
  if (outcome === 'authenticated') return `authenticated as ${claims?.sub}`;
  return outcome === 'refused' ? refusal(code, reason) : outcome;
}

function refusal(code: string | undefined, reason: string | undefined): string {
  if (code !== undefined) return `refused (${code})`;
  return reason === undefined ? 'refused' : `refused (reason: ${reason})`;
}
