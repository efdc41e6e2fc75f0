/** The browser's side: puts the method on the page that Live Assist calls. */
import type { Bridge, createBridge } from './bridge.js';
import type { BridgeError, BridgeErrorCode } from './errors.js';
import type { AuthoriseMethod } from './page/method.js';

export { type Bridge, createBridge } from './bridge.js';
export { BridgeError, type BridgeErrorCode } from './errors.js';
export type { BridgeOptions } from './options.js';
export type { AuthoriseCallback, AuthoriseMethod } from './page/method.js';

declare global {
  interface Window {
    authoriseChatWithCallback?: AuthoriseMethod;
    /** What the script tag leaves on the page; `bridge` is that of its attributes. */
    liveAssistBridge?: {
      createBridge: typeof createBridge;
      BridgeError: typeof BridgeError;
      bridge?: Bridge;
    };
  }
  interface WindowEventMap {
    'live-assist-bridge:error': CustomEvent<{ code: BridgeErrorCode; message: string }>;
  }
}
