/**
 * Listens to everything a context's pages say, raise and request, and looks for tokens where none may be.
 *
 * @module
 */
import { type BrowserContext, expect, type Frame, type Page } from '@playwright/test';
import type { Site } from './site.js';

export type Watch = ReturnType<typeof watch>;

/** Starts to listen. Nothing is allowed to be said or raised but what `warns` and `raises` announce. */
export function watch(context: BrowserContext, site: Site) {
  const secrets: string[] = [];
  const said: string[] = [];
  const raised: string[] = [];
  const heard: string[] = [];
  const mayHold: (string | RegExp)[] = [];
  const mayRaise: RegExp[] = [];
  const tolerated: RegExp[] = [];

  context.on('console', (message) => {
    heard.push(message.text());
    // Chromium's own words ("Failed to load resource") come without arguments; only scripts pass them.
    if (message.args().length > 0) said.push(`${message.type()} ${message.text()}`);
  });
  context.on('weberror', (error) => {
    // Firefox's own words on a request that failed come as errors; no script raised them.
    if (!/^(The Same Origin Policy|The page’s settings|Failed to load ‘)/.test(error.error().message))
      raised.push(error.error().message);
    heard.push(String(error.error().stack));
  });
  context.on('request', (request) => {
    heard.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? '');
  });

  return {
    /** Exactly these warnings, in this order: the code of a failure (rule 11), or what the sentence matches. */
    warns: (...expected: (string | RegExp)[]) => void mayHold.push(...expected),
    /** Exactly these errors, uncaught or of a promise that nobody handles. */
    raises: (...expected: RegExp[]) => void mayRaise.push(...expected),
    /** Errors that the page itself provokes, with or without the bridge. */
    tolerates: (...expected: RegExp[]) => void tolerated.push(...expected),
    /** A token: it may be seen nowhere. */
    secret: (token: string) => void secrets.push(token),
    async check() {
      const frames = context.pages().flatMap((page) => page.frames());
      const kept = (await Promise.all(frames.map(inspect))).filter((frame) => frame !== undefined);
      for (const answers of kept.flatMap(({ calls }) => calls)) {
        const shape = answers.map((words) => (words[0] === null ? 'refusal' : 'token') + words.length);
        expect(['token1', 'refusal2'], 'every callback is called once, with one word or two').toContain(
          shape.join(),
        );
      }
      const wanted = said.map((text, index) => {
        const announced = mayHold[index];
        if (announced instanceof RegExp) return announced.test(text) ? announced : text;
        return /^warning live-assist-bridge: .*\((\S+)\)$/.exec(text)?.[1] ?? text;
      });
      expect(wanted, 'the console holds what rule 11 allows').toEqual(mayHold);
      const untold = raised.filter((message) => !tolerated.some((pattern) => pattern.test(message)));
      expect(untold, 'nothing else is raised').toEqual(mayRaise.map((item) => expect.stringMatching(item)));
      const everything = [
        ...heard,
        ...site.log,
        JSON.stringify([kept.map(({ traces }) => traces), await context.storageState()]),
      ];
      // The header is the same for all tokens; of the rest, either end gives it away.
      const parts = secrets.flatMap((token) => token.split('.').slice(1)).filter((part) => part.length > 40);
      for (const part of parts.flatMap((text) => [text.slice(0, 40), text.slice(-40)]))
        expect(
          everything.filter((text) => text.includes(part)),
          'no token is to be seen',
        ).toEqual([]);
    },
  };
}

/** What a frame knows after all that was under way has happened; `undefined` where no script of ours ran. */
async function inspect(frame: Frame) {
  return frame.evaluate(async () => {
    // A turn behind all timers of this moment, which a faked clock cannot hold up: late answers come to light.
    await scheduler.postTask(() => {}, { delay: 5 });
    if (!window.recorder) return undefined;
    const { calls, events, written } = window.recorder;
    const storage = (name: 'localStorage' | 'sessionStorage') => {
      try {
        return { ...window[name] };
      } catch {
        return undefined;
      }
    };
    const traces = [
      events,
      written,
      storage('localStorage'),
      storage('sessionStorage'),
      window.name,
      history.state,
    ];
    return { calls, traces };
  });
}

/** The codes of the failures that the page was told of, in order. */
export const codes = (page: Page | Frame): Promise<string[]> =>
  page.evaluate(() => window.recorder.events.map(({ code }) => code));
