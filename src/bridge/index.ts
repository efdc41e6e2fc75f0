/** The browser's side: puts the method on the page that Live Assist calls. */
import type { BridgeErrorCode } from './errors.js';
import type { AuthoriseMethod } from './method.js';

export { type Bridge, createBridge } from './bridge.js';
export { BridgeError, type BridgeErrorCode } from './errors.js';
export type { AuthoriseCallback, AuthoriseMethod } from './method.js';
export type { BridgeOptions } from './options.js';

declare global {
  interface Window {
    authoriseChatWithCallback?: AuthoriseMethod;
  }
  interface WindowEventMap {
    'live-assist-bridge:error': CustomEvent<{ code: BridgeErrorCode; message: string }>;
  }
}
