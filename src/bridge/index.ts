/**
 * The entry for browsers: `createBridge` defines the method that Live Assist calls.
 *
 * @module
 */
import type { AnswerDetail, AuthoriseMethod } from './authorise-method.js';
import type { Bridge, createBridge } from './bridge.js';
import type { BridgeError, BridgeErrorCode } from './errors.js';

export type { AnswerDetail, AuthoriseCallback, AuthoriseMethod } from './authorise-method.js';
export { type Bridge, createBridge } from './bridge.js';
export { BridgeError, type BridgeErrorCode } from './errors.js';
export type { Identity } from './messaging/identity.js';
export type { BridgeOptions } from './options.js';

declare global {
  interface Window {
    authoriseChatWithCallback?: AuthoriseMethod;
    /** Set by the script tag. `bridge` is the bridge that the tag's attributes describe. */
    liveAssistBridge?: {
      createBridge: typeof createBridge;
      BridgeError: typeof BridgeError;
      bridge?: Bridge;
    };
  }
  interface WindowEventMap {
    /** Dispatched once per caller, after the callback has returned. */
    'live-assist-bridge:answer': CustomEvent<AnswerDetail>;
    /** Dispatched once per failure, however many callers share it. */
    'live-assist-bridge:error': CustomEvent<{ code: BridgeErrorCode; message: string }>;
  }
}
