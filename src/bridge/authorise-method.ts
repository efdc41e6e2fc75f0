/**
 * The types of the method that Live Assist calls.
 *
 * @module
 */

import type { BridgeErrorCode } from '../contract/bridge-error-code.js';

/** The callback that Live Assist passes. The bridge calls it with the token alone, or with `null` and an error text. */
export type AuthoriseCallback = (token: string | null, error?: string) => void;

/** The method that Live Assist looks up by name and calls. */
export type AuthoriseMethod = (callback: AuthoriseCallback) => void;

/** The `detail` of the event `live-assist-bridge:answer`. Contains no token, name or id. */
export interface AnswerDetail {
  /** Whether the caller received a token (or identity), or was refused. */
  outcome: 'token' | 'refused';
  /** Why the call was refused. */
  code?: BridgeErrorCode;
  /** Milliseconds from the call to its answer. */
  milliseconds: number;
  /** Whether a kept token was available, so that no request was needed. */
  kept: boolean;
  /** Who asked: Live Assist (`chat`), the site through `getToken()` (`page`), or the messaging tag (`identity`). */
  asked: 'chat' | 'page' | 'identity';
}
