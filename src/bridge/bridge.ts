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

export interface Bridge {
  /**
   * The method that Live Assist calls. Answers once, within `timeout`: `callback(token)`, or
   * `callback(null, 'Unable to generate key')`. Never throws.
   */
  authoriseChatWithCallback: AuthoriseMethod;
  /**
   * Returns the token, kept or fetched. Call it early to fetch ahead, so that the click needs no network.
   *
   * @throws BridgeError (as a rejection)
   */
  getToken(): Promise<string>;
  /**
   * Call it when the visitor signs out. Forgets the token here and in the site's other tabs, and refuses waiting callers. With
   * `identities`, it also calls `lpTag.newPage` once, unless the page did so in the same turn.
   */
  forgetToken(): void;
  /** Refuses waiting callers and removes the method from `window`. What was there before is restored. */
  dispose(): void;
}

/**
 * Puts the method on `window` that Live Assist calls (by default `authoriseChatWithCallback`).
 *
 * Fetches nothing until it is called. One bridge per page: a newer one replaces an older one of the same name. On a
 * server it does nothing, and its methods refuse as `disposed`.
 *
 * @throws TypeError for options that are unknown, missing or not valid.
 */
export function createBridge(options: BridgeOptions): Bridge {
  const settings = resolveOptions(options);
  const cache = createTokenCache(settings);
  const leave = () => cache.drop(new BridgeError('visitor-changed'));
  const page = watchPage(cache.stopKeeping, leave);
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
      leave();
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
