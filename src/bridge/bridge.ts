/** Joins the parts of a bridge and ties them to the page. */
import { createAuthorise } from './authorise.js';
import { BridgeError } from './errors.js';
import { type BridgeOptions, resolveOptions } from './options.js';
import { type AuthoriseMethod, putMethod } from './page/method.js';
import { renewStamp } from './page/stamp.js';
import { watchPage } from './page/watch-page.js';
import { createReport } from './report.js';
import { createTokenCache } from './token-cache.js';

export interface Bridge {
  /**
   * What Live Assist calls. Answers once, within `timeout`: `callback(token)`, or
   * `callback(null, 'Unable to generate key')`. Never throws.
   */
  authoriseChatWithCallback: AuthoriseMethod;
  /**
   * The token, kept or fetched; also the way to fetch ahead, so that the click needs no network.
   *
   * @throws BridgeError (as a rejection)
   */
  getToken(): Promise<string>;
  /** Call it when the visitor signs out: forgets the token here and in the site's other tabs, refuses those who wait. */
  forgetToken(): void;
  /** Refuses those who wait and takes the method off `window`, where what was there before is restored. */
  dispose(): void;
}

/**
 * Puts the method on `window` that Live Assist calls (by default `authoriseChatWithCallback`).
 *
 * Fetches nothing until it is called. One bridge per page: a newer one replaces an older one of the same name. Where
 * there is no page (on a server) it does nothing, and its methods refuse as `disposed`.
 *
 * @throws TypeError for options that are unknown, missing or not valid.
 */
export function createBridge(options: BridgeOptions): Bridge {
  const settings = resolveOptions(options);
  const cache = createTokenCache(settings);
  const leave = () => cache.drop(new BridgeError('visitor-changed'));
  const page = watchPage(cache.stopKeeping, leave);
  const ask = () => {
    page.check();
    return cache.ask();
  };
  const report = createReport(settings.onError);
  const bridge: Bridge = {
    authoriseChatWithCallback: createAuthorise({ ask, take: cache.take }, report),
    async getToken() {
      try {
        return cache.take(await ask());
      } catch (error) {
        report(error as BridgeError);
        throw error;
      }
    },
    forgetToken() {
      renewStamp();
      leave();
    },
    dispose: cache.close,
  };
  if (typeof document === 'undefined') {
    cache.close();
    return bridge;
  }

  const takeOff = putMethod(settings.methodName, bridge.authoriseChatWithCallback);
  bridge.dispose = () => {
    page.stop();
    cache.close();
    takeOff();
  };
  return bridge;
}
