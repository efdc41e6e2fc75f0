/**
 * Simulates faults between the page and its token endpoint, without changing the site.
 *
 * @module
 */
import { type Page, type Route, test } from '@playwright/test';
import { teachTimeouts } from '../engagement/native-timeouts.js';
import { inOtherTab } from '../engagement/other-tab.js';
import { installClock, passTime, skewClock } from '../engagement/page-clock.js';
import type { LiveAssistOptions } from '../live-assist-options.js';
import { answerRoute } from './answer-route.js';
import { beginFault, type FaultOptions, type FaultScope, scopeName } from './fault.js';
import type { Forgery } from './forge-token.js';
import { replaceToken, type Times } from './replace-token.js';
import { stallHeader, teachToStall } from './stall-body.js';

/**
 * The faults of the fixture `faults` apply to every page of the context. The faults of `faultsOn(page)` apply to that
 * page only. In both cases, the browser's network and clock belong to the whole context: `offline`, `clockSkew`, and
 * the clock that `slow` and `stalledBody` drive.
 *
 * A fault of the token endpoint lasts until `end()`, the next such fault, or the test's end. A fault that has met no
 * request by then fails the test. Only requests of the fixture `page` and of pages with an engagement count.
 */
export interface Faults {
  /** The token endpoint refuses connections. */
  down(): Promise<void>;
  /**
   * The token endpoint answers with this status, such as 401 or 500. `body`, if given, is sent as JSON.
   *
   * @throws TypeError unless the status is a number from 200 to 599.
   */
  status(status: number, body?: unknown): Promise<void>;
  /**
   * The token endpoint takes this long to answer, in milliseconds of the page's clock. The clock is advanced, so the
   * test itself does not wait. From the first such fault on, `AbortSignal.timeout` and `XMLHttpRequest.timeout` follow
   * that clock, too. This fault cannot be played on a synchronous XMLHttpRequest, which blocks the page.
   */
  slow(milliseconds: number): Promise<void>;
  /**
   * The token endpoint's headers arrive, but its body does not. Time passes as with `slow`. Works only with `fetch`.
   */
  stalledBody(): Promise<void>;
  /** The token endpoint answers 200 with an HTML sign-in page. */
  loginPage(): Promise<void>;
  /** The token endpoint redirects, by default to a sign-in page. */
  redirect(location?: string): Promise<void>;
  /**
   * The token expired a minute ago. It keeps its other claims and its lifetime, but its signature is not the site's.
   */
  expiredToken(): Promise<void>;
  /**
   * The token is signed with a foreign key, such as another environment's.
   *
   * @throws Error without the option `publicKey`, because the fault could not be detected.
   */
  foreignKey(): Promise<void>;
  /** The token's `iat` and `exp` are in milliseconds. Its signature is not the site's. */
  milliseconds(): Promise<void>;
  /** The browser is offline. */
  offline(): Promise<void>;
  /** Ends the fault of the token endpoint, which then answers normally. */
  end(): Promise<void>;
  /** Sets the visitor's clock wrong by this many milliseconds, ahead or (negative) behind, until the test ends. */
  clockSkew(milliseconds: number): Promise<void>;
  /**
   * Opens a second tab of the same session, calls `signOut` with it, and closes it. Meanwhile the page is in the
   * background.
   */
  signOutInOtherTab(signOut: (tab: Page) => Promise<unknown>): Promise<void>;
}

function requireMilliseconds(fault: string, value: number, least: number): void {
  if (Number.isFinite(value) && value >= least) return;
  throw new TypeError(
    `faults.${fault}() was given ${JSON.stringify(value)}. Give milliseconds as a number: ${fault}(20_000).`,
  );
}

/** Advances the page's clock, or stops early once `isIdle`. */
type Pass = (milliseconds: number, isIdle?: () => boolean) => Promise<string | undefined>;

const loginPage = '<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in</h1><form></form></html>';

/** Creates the faults for the pages that `scope` names. */
export function createFaults(
  scope: FaultScope,
  { tokenEndpoint, publicKey, limit = 10_000 }: LiveAssistOptions,
): Faults {
  const { page } = scope;
  const context = page.context();
  const whole: FaultScope = { page, of: 'context' };
  let endCurrent = async () => {};
  let knowsTimeouts = false;
  let knowsStalling = false;

  const end = async () => {
    const ending = endCurrent;
    endCurrent = async () => {};
    await ending();
  };

  const step = (title: string, of: FaultScope, body: () => Promise<void>) =>
    test.step(`fault of ${scopeName(of)}: ${title}`, body, { box: true });

  const begin = (name: string, play?: FaultOptions['play'], passes = false, of = scope) =>
    step(name, of, async () => {
      await end();
      if (tokenEndpoint === undefined)
        throw new Error('Faults need the token endpoint. Set liveAssist.tokenEndpoint in `use`.');
      endCurrent = await beginFault(of, tokenEndpoint, { name, play, passes });
    });

  /** Adds a clean-up step for the end of the fault that has just begun. */
  const beforeEnd = (more: () => unknown) => {
    const endFault = endCurrent;
    endCurrent = async () => {
      await more();
      await endFault();
    };
  };

  const forge = async (fault: string, wrong: Forgery['wrong'], bend?: (times: Times) => Times) => {
    const forgery: Forgery = { fault, wrong, isOver: false };
    await begin(fault, (route) => replaceToken(route, forgery, bend));
    beforeEnd(() => {
      forgery.isOver = true;
    });
  };

  /**
   * Begins a fault during which the page's clock advances. The clock stops when the fault has ended, or once `isIdle`.
   */
  const beginSlow = async (
    name: string,
    play: (route: Route, pass: Pass) => Promise<unknown>,
    passes = false,
  ) => {
    let isOver = false;
    const passing = new Set<Promise<unknown>>();
    await takeClock();
    await begin(
      name,
      (route) =>
        play(route, async (milliseconds, isIdle = () => false) => {
          const time = passTime(page, milliseconds, () => isOver || isIdle());
          passing.add(time);
          return time.finally(() => passing.delete(time));
        }),
      passes,
    );
    beforeEnd(async () => {
      isOver = true;
      await Promise.allSettled(passing);
    });
  };

  const takeClock = async () => {
    await installClock(page);
    if (!knowsTimeouts) await teachTimeouts(context);
    knowsTimeouts = true;
  };

  return {
    end,
    down: () => begin('down', (route) => route.abort('connectionrefused')),
    async status(status, body) {
      if (!Number.isInteger(status) || status < 200 || status > 599)
        throw new TypeError(`faults.status() cannot answer ${status}. Give a whole number from 200 to 599.`);
      await begin(`status ${status}`, (route) =>
        answerRoute(route, {
          status,
          contentType: 'application/json',
          body: body === undefined ? '' : JSON.stringify(body),
        }),
      );
    },
    async slow(milliseconds) {
      requireMilliseconds('slow', milliseconds, 0);
      const play = async (route: Route, pass: Pass) => {
        const unable = await pass(milliseconds, () => route.request().failure() !== null);
        await route.fallback();
        return unable;
      };
      await beginSlow(`slow by ${milliseconds} ms`, play, true);
    },
    async stalledBody() {
      if (!knowsStalling) await teachToStall(context);
      knowsStalling = true;
      await beginSlow('stalled body', async (route, pass) => {
        if (route.request().resourceType() !== 'fetch') {
          await route.fallback();
          return 'The page uses XMLHttpRequest. Only the body of a fetch() can be made to stall.';
        }
        const headers = { [stallHeader]: 'yes' };
        await answerRoute(route, { status: 200, contentType: 'application/json', body: '', headers });
        return pass(limit);
      });
    },
    loginPage: () =>
      begin('sign-in page', (route) =>
        answerRoute(route, { status: 200, contentType: 'text/html; charset=utf-8', body: loginPage }),
      ),
    redirect: (location = '/login') =>
      begin('redirect', (route) =>
        answerRoute(route, { status: 302, contentType: 'text/html', body: '', headers: { location } }),
      ),
    expiredToken: () =>
      forge('expiredToken', 'times', ({ iat, exp }) => ({ iat: 2 * iat - exp - 60, exp: iat - 60 })),
    async foreignKey() {
      if (!publicKey)
        throw new Error(
          'A foreign key is found by verifying the signature. Set liveAssist.publicKey in `use` for this fault.',
        );
      await forge('foreignKey', 'signature');
    },
    milliseconds: () =>
      forge('milliseconds', 'times', ({ iat, exp }) => ({ iat: iat * 1000, exp: exp * 1000 })),
    async offline() {
      await begin('offline', undefined, false, whole);
      // Fails if the test has closed the context.
      beforeEnd(() => context.setOffline(false).catch(() => {}));
      await context.setOffline(true);
    },
    async clockSkew(milliseconds) {
      requireMilliseconds('clockSkew', milliseconds, Number.NEGATIVE_INFINITY);
      await step(`clock skew of ${milliseconds} ms`, whole, () => skewClock(page, milliseconds));
    },
    // Not boxed, so that the report shows where in the test `signOut` failed.
    signOutInOtherTab: (signOut) =>
      test.step('fault of the page: a second tab signs out', () => inOtherTab(page, signOut)),
  };
}
