/**
 * The entry for browsers: puts the method on the page that Live Assist calls.
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
    /** What the script tag puts on the page; `bridge` is the one that its attributes describe. */
    liveAssistBridge?: {
      createBridge: typeof createBridge;
      BridgeError: typeof BridgeError;
      bridge?: Bridge;
    };
  }
  interface WindowEventMap {
    /** Once per caller, after the callback has returned. */
    'live-assist-bridge:answer': CustomEvent<AnswerDetail>;
    /** Once per failure. */
    'live-assist-bridge:error': CustomEvent<{ code: BridgeErrorCode; message: string }>;
  }
}
