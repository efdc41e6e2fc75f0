/**
 * The types of the method that Live Assist calls.
 *
 * @module
 */

import type { BridgeErrorCode } from '../contract/bridge-error-code.js';

/** What Live Assist passes: called with the token alone, or with `null` and a reason. */
export type AuthoriseCallback = (token: string | null, error?: string) => void;

/** The method that Live Assist looks up by name and calls. */
export type AuthoriseMethod = (callback: AuthoriseCallback) => void;

/** The `detail` of the event `live-assist-bridge:answer`. */
export interface AnswerDetail {
  outcome: 'token' | 'refused';
  /** Why the call was refused. */
  code?: BridgeErrorCode;
  /** Milliseconds from the call to its answer. */
  milliseconds: number;
  /** Whether the answer needed no request, because the token had been kept. */
  kept: boolean;
  /** Who asked: Live Assist (`chat`), the site by `getToken()` (`page`), or the messaging tag (`identity`). */
  asked: 'chat' | 'page' | 'identity';
}
