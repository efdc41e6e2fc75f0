/** Faults on demand: what can go wrong between the page and its token endpoint, without touching the site. */
import { type Page, type Route, test } from '@playwright/test';
import { answerRoute } from './answer-route.js';
import { beginFault } from './fault.js';
import type { LiveAssistOptions } from './live-assist-options.js';
import { inOtherTab } from './other-tab.js';
import { installClock, skewClock } from './page-clock.js';
import { replaceToken } from './replace-token.js';
import { stallHeader, teachToStall } from './stall-body.js';

/**
 * The fixture `faults`. A fault of the token endpoint lasts until `end()`, the next such fault, or the test's end; if it
 * met no request by then, it fails the test.
 */
export interface Faults {
  /** The token endpoint refuses connections. */
  down(): Promise<void>;
  /** The token endpoint answers this status: 401, 500, … `body` is sent as JSON, if given. */
  status(status: number, body?: unknown): Promise<void>;
  /**
   * The token endpoint takes this long to answer, in milliseconds of the page's clock: that clock is driven, so the
   * test itself does not wait.
   */
  slow(milliseconds: number): Promise<void>;
  /** The token endpoint's headers come, its body does not. Time passes as with `slow`. For pages that use `fetch`. */
  stalledBody(): Promise<void>;
  /** The token endpoint answers 200 with an HTML login page. */
  loginPage(): Promise<void>;
  /** The token endpoint redirects, by default to a login page. */
  redirect(location?: string): Promise<void>;
  /** The token expired a minute ago. It keeps its claims and life; its signature is not the site's. */
  expiredToken(): Promise<void>;
  /**
   * The token is signed by a key that is not the site's: another environment's, say.
   *
   * @throws Error without the option `publicKey`: nothing would find it.
   */
  foreignKey(): Promise<void>;
  /** The token's `iat` and `exp` are in milliseconds. Its signature is not the site's. */
  milliseconds(): Promise<void>;
  /** The browser is offline. */
  offline(): Promise<void>;
  /** The endpoint answers as it should again. */
  end(): Promise<void>;
  /** Sets the visitor's clock wrong by so many milliseconds, ahead or (negative) behind, until the test ends. */
  clockSkew(milliseconds: number): Promise<void>;
  /**
   * Opens a second tab of the same session, lets `signOut` sign out there, and closes it. Meanwhile the page is in the
   * background.
   */
  signOutInOtherTab(signOut: (tab: Page) => Promise<unknown>): Promise<void>;
}

const loginPage = '<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in</h1><form></form></html>';

/** Makes the faults of `page`'s token endpoint. */
export function createFaults(
  page: Page,
  { tokenEndpoint, publicKey, limit = 10_000 }: LiveAssistOptions,
): Faults {
  const context = page.context();
  let endCurrent = async () => {};
  let knowsStalling = false;

  const end = async () => {
    const ending = endCurrent;
    endCurrent = async () => {};
    await ending();
  };

  const step = (title: string, body: () => Promise<void>) =>
    test.step(`fault: ${title}`, body, { box: true });

  const begin = (name: string, play?: (route: Route) => Promise<unknown>) =>
    step(name, async () => {
      await end();
      if (tokenEndpoint === undefined)
        throw new Error('Faults must know the token endpoint. Set liveAssist.tokenEndpoint in `use`.');
      endCurrent = await beginFault(context, tokenEndpoint, { name, play });
    });

  return {
    end,
    down: () => begin('down', (route) => route.abort('connectionrefused')),
    status: (status, body) =>
      begin(`status ${status}`, (route) =>
        answerRoute(route, {
          status,
          contentType: 'application/json',
          body: body === undefined ? '' : JSON.stringify(body),
        }),
      ),
    async slow(milliseconds) {
      await installClock(page);
      await begin(`slow by ${milliseconds} ms`, async (route) => {
        await page.clock.runFor(milliseconds);
        await route.fallback();
      });
    },
    async stalledBody() {
      await installClock(page);
      if (!knowsStalling) await teachToStall(context);
      knowsStalling = true;
      await begin('stalled body', async (route) => {
        if (route.request().resourceType() !== 'fetch') {
          await route.fallback();
          return 'The page asks by XMLHttpRequest; only the body of a fetch() can be made to stall.';
        }
        const headers = { [stallHeader]: 'yes' };
        await answerRoute(route, { status: 200, contentType: 'application/json', body: '', headers });
        await page.clock.runFor(limit);
      });
    },
    loginPage: () =>
      begin('login page', (route) =>
        answerRoute(route, { status: 200, contentType: 'text/html; charset=utf-8', body: loginPage }),
      ),
    redirect: (location = '/login') =>
      begin('redirect', (route) =>
        answerRoute(route, { status: 302, contentType: 'text/html', body: '', headers: { location } }),
      ),
    expiredToken: () =>
      begin('expired token', (route) =>
        replaceToken(route, ({ iat, exp }) => ({ iat: 2 * iat - exp - 60, exp: iat - 60 })),
      ),
    async foreignKey() {
      if (!publicKey)
        throw new Error(
          'A foreign key is found by verifying the signature. Set liveAssist.publicKey in `use` for this fault.',
        );
      await begin('foreign key', (route) => replaceToken(route));
    },
    milliseconds: () =>
      begin('milliseconds', (route) =>
        replaceToken(route, ({ iat, exp }) => ({ iat: iat * 1000, exp: exp * 1000 })),
      ),
    async offline() {
      await begin('offline');
      const endFault = endCurrent;
      endCurrent = async () => {
        await context.setOffline(false);
        await endFault();
      };
      await context.setOffline(true);
    },
    clockSkew: (milliseconds) =>
      step(`clock skew of ${milliseconds} ms`, () => skewClock(page, milliseconds)),
    signOutInOtherTab: (signOut) => step('a second tab signs out', () => inOtherTab(page, signOut)),
  };
}
