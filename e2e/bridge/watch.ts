/**
 * Observes all messages, errors and requests of a context's pages, and searches for tokens in places where none may be.
 *
 * @module
 */
import { type BrowserContext, expect, type Frame, type Page } from '@playwright/test';
import type { Site } from './site.js';

export type Watch = ReturnType<typeof watch>;

/** Starts to observe. Only messages and errors announced with `warns` and `raises` are allowed. */
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
    // Chromium's own messages ("Failed to load resource") have no arguments; only messages of scripts do.
    if (message.args().length > 0) said.push(`${message.type()} ${message.text()}`);
  });
  context.on('weberror', (error) => {
    // Firefox reports a failed request as an error that no script has thrown.
    if (!/^(The Same Origin Policy|The page’s settings|Failed to load ‘)/.test(error.error().message))
      raised.push(error.error().message);
    heard.push(String(error.error().stack));
  });
  context.on('request', (request) => {
    heard.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? '');
  });

  return {
    /** Expects exactly these warnings in this order: the code of a failure, or a pattern for the sentence. */
    warns: (...expected: (string | RegExp)[]) => void mayHold.push(...expected),
    /** Expects exactly these errors, uncaught or from an unhandled promise. */
    raises: (...expected: RegExp[]) => void mayRaise.push(...expected),
    /** Errors that the page itself provokes, with or without the bridge. */
    tolerates: (...expected: RegExp[]) => void tolerated.push(...expected),
    /** Registers a token, which must not appear anywhere. */
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
      // The header is the same for all tokens. Either end of the rest identifies the token.
      const parts = secrets.flatMap((token) => token.split('.').slice(1)).filter((part) => part.length > 40);
      for (const part of parts.flatMap((text) => [text.slice(0, 40), text.slice(-40)]))
        expect(
          everything.filter((text) => text.includes(part)),
          'no token is to be seen',
        ).toEqual([]);
    },
  };
}

/** What a frame has recorded after all pending work has finished; `undefined` if no script of ours ran. */
async function inspect(frame: Frame) {
  return frame.evaluate(async () => {
    // One turn after all current timers, on a real clock, so that late answers are noticed.
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

/** The codes of the failures that were reported to the page, in order. */
export const codes = (page: Page | Frame): Promise<string[]> =>
  page.evaluate(() => window.recorder.events.map(({ code }) => code));
