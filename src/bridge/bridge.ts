/**
 * Joins the parts of a bridge and ties them to the page.
 *
 * @module
 */
import { createAuthorise, createRespond } from './authorise.js';
import type { AuthoriseMethod } from './authorise-method.js';
import { BridgeError } from './errors.js';
import { startMessaging } from './messaging/start-messaging.js';
import type { BridgeOptions } from './options.js';
import { putMethod } from './page/method.js';
import { NativePromise } from './page/native.js';
import { renewStamp } from './page/stamp.js';
import { watchPage } from './page/watch-page.js';
import { createReport } from './report.js';
import { resolveOptions } from './resolve-options.js';
import { createTokenCache } from './token-cache.js';

/** What `createBridge` returns. */
export interface Bridge {
  /**
   * The method that Live Assist calls. Answers once, within `timeout`: `callback(token)`, or
   * `callback(null, 'Unable to generate key')`. Never throws.
   */
  authoriseChatWithCallback: AuthoriseMethod;
  /**
   * Returns the kept token, or requests one. Call it early, so that the click needs no network.
   *
   * @throws BridgeError (as a rejection)
   */
  getToken(): Promise<string>;
  /**
   * Call it when the visitor signs out. Forgets the token on this page at once, and in the site's other tabs before
   * their next hand-over. Waiting callers are refused. With `identities`, it also calls `lpTag.newPage` once, unless
   * the page did so in the same turn.
   */
  forgetToken(): void;
  /**
   * Refuses waiting callers and removes the method from `window`. A method that another script defined earlier is
   * restored.
   */
  dispose(): void;
}

/**
 * Creates a bridge, and defines on `window` the method that Live Assist calls (by default `authoriseChatWithCallback`).
 *
 * Fetches nothing until the method or `getToken()` is called. A page needs one bridge: a newer bridge replaces an older
 * one with the same method name. On a server the bridge does nothing, and every call is refused with the code
 * `disposed`.
 *
 * @throws TypeError if an option is unknown, missing or not valid.
 */
export function createBridge(options: BridgeOptions): Bridge {
  const settings = resolveOptions(options);
  const cache = createTokenCache(settings);
  const refuseAll = () => cache.drop(new BridgeError('visitor-changed'));
  const page = watchPage(cache.stopKeeping, refuseAll);
  const ask = (ofSite?: boolean) => {
    page.check();
    return cache.ask(ofSite);
  };
  const report = createReport(settings.onError);
  const respond = createRespond({ ask, take: cache.take }, report, (token) => token as string);
  let messaging: ReturnType<typeof startMessaging>;
  const bridge: Bridge = {
    authoriseChatWithCallback: createAuthorise(respond),
    getToken: () => new NativePromise((resolve, reject) => respond('page', resolve, reject)),
    forgetToken() {
      renewStamp();
      refuseAll();
      messaging?.renew();
    },
    dispose: cache.close,
  };
  if (typeof document === 'undefined') {
    cache.close();
    return bridge;
  }

  const isPortal = /\/_services\/auth\/token$/.test(settings.tokenEndpoint as string);
  const takeOff = putMethod(settings.methodName, bridge.authoriseChatWithCallback, isPortal);
  bridge.dispose = () => {
    page.stop();
    cache.close();
    takeOff();
    messaging?.takeOff();
    messaging = undefined;
  };
  messaging = startMessaging(settings, { ask, take: cache.take }, report);
  return bridge;
}
