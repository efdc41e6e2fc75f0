/**
 * Five difficult situations, and how to see whether the fault happened.
 *
 * @module
 */
import type { ServerResponse } from 'node:http';
import type { Page } from 'playwright';
import { token } from './page-server.js';

/** The time limit of each script in milliseconds, if it has such an option. */
export const timeLimit = 1000;

/** Answers the nth request for the token; the last answer repeats. */
type Answer = (response: ServerResponse) => unknown;

export interface Moment {
  answers: Answer[];
  head?: string;
  /** Whether the fault named in the row happened. */
  happens(page: Page, requests: () => number): Promise<boolean>;
}

const give =
  (text: string): Answer =>
  (response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ token: text }));

/** The token that answers one call; `null` is a refusal, `undefined` means no answer yet. */
const call = (page: Page, milliseconds: number) =>
  page.evaluate(
    (wait) =>
      new Promise<string | null | undefined>((resolve) => {
        setTimeout(resolve, wait);
        window.authoriseChatWithCallback?.((answer) => resolve(answer));
      }),
    milliseconds,
  );

export const moments: Record<string, () => Moment> = {
  'hands over an expired token after the clock was set back': () => {
    const [first, second] = [token(2), token(7200)];
    return {
      answers: [give(first), give(second)],
      async happens(page) {
        await call(page, 5000);
        await page.evaluate('Date.now = ((now) => () => now() - 3600000)(Date.now)');
        await page.waitForTimeout(2500);
        return (await call(page, 5000)) === first;
      },
    };
  },
  'asks again after 401': () => ({
    answers: [(response) => response.writeHead(401).end(), give(token())],
    async happens(page, requests) {
      await call(page, 4000);
      return requests() > 1;
    },
  }),
  'hands over a late answer for the visitor who has signed out': () => {
    const late = token();
    let answerLate: () => void = () => undefined;
    return {
      answers: [
        (response) => {
          answerLate = () => give(late)(response);
        },
        give(token()),
      ],
      async happens(page, requests) {
        const answered = call(page, 5000);
        await waitUntil(() => requests() > 0);
        await page.evaluate('window.liveAssistBridge?.bridge.forgetToken()');
        answerLate();
        return (await answered) === late;
      },
    };
  },
  'answers after its own time limit': () => ({
    answers: [
      (response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' }).write('{');
        setTimeout(() => response.end(`"token":"${token()}"}`), 3 * timeLimit);
      },
    ],
    happens: async (page) => (await call(page, 2 * timeLimit)) === undefined,
  }),
  'takes an answer that the page has preloaded': () => {
    const preloaded = token();
    return {
      answers: [give(preloaded), give(token())],
      head: '<link rel="preload" as="fetch" crossorigin href="/token">',
      async happens(page) {
        await page.waitForLoadState('networkidle');
        return (await call(page, 5000)) === preloaded;
      },
    };
  },
};

async function waitUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
