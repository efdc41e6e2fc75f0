/**
 * Publishes the exports of the tag's file: as an AMD module, as a CommonJS module, or as the global `liveAssistBridge`.
 *
 * @module
 */
import { root } from './page/native.js';
import { BridgeError, bridge, createBridge } from './tag.js';

declare const define: ((id: string, dependencies: string[], factory: (to: object) => void) => void) & {
  amd?: object;
};
declare const exports: object | undefined;
declare const module: object | undefined;

const publish = (to: object) => void Object.assign(to, { BridgeError, bridge, createBridge });

// A file that has installed a bridge does not register as an AMD module, unless the loader itself has requested it.
const isAsked = root.document?.currentScript?.dataset.requiremodule !== undefined;

if (typeof exports === 'object' && typeof module !== 'undefined') publish(exports);
else if (typeof define === 'function' && define.amd && (isAsked || !bridge))
  define('live-assist-bridge', ['exports'], publish);
else {
  const page = root as { liveAssistBridge?: object };
  page.liveAssistBridge ||= {};
  publish(page.liveAssistBridge);
}
