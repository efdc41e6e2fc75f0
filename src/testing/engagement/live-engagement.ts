/** Starts engagements on a page and judges what comes of them. */
import { type Page, test } from '@playwright/test';
import { timeDefect } from '../../contract/claims.js';
import { type EngagementAnswer, startEngagement } from '../engagement.js';
import { forgeryOf } from '../faults/forge-token.js';
import type { LiveAssistOptions } from '../live-assist-options.js';
import { type Chat, judgeAnswer } from './chat.js';
import { createEndpointAnswers } from './endpoint-answers.js';
import { sleep } from './page-clock.js';
import { createSecondAnswers } from './second-answers.js';
import { createStandIn, type StandIn } from './stand-in.js';

/** The fixture `engagement`: Live Assist's part, played on the fixture `page`. */
export interface Engagement {
  /**
   * The visitor clicks engage. Resolves when the method has called back, or at the limit; never rejects for what the
   * method does. A second answer that comes later fails the test at its end, where one that ends at once waits until
   * half a second has passed since the first: in each worker once for each page, outcome and code.
   *
   * @throws Error when the page navigates meanwhile.
   */
  start(): Promise<Chat>;
  /**
   * Lets time pass on the page until the token of the last chat has expired, and asks again as Live Assist does then.
   * The same token once more makes `refused` with the code `token-expired`. The server's clock does not move.
   *
   * @throws Error when no engagement was authenticated before (or handed over a token that a fault has forged), and where
   * the test has fixed the page's clock.
   */
  askAgain(): Promise<Chat>;
  /** Puts a visible window on the page, under any Content-Security-Policy. It starts an engagement at a click. */
  show(): Promise<StandIn>;
}

const lateAnswer = '__liveAssistLateAnswer';

/** Pages that have served a test: their clocks and what was taught to them stay. */
const served = new WeakSet<Page>();

/** Makes the engagements of `page`; `finish` waits for second answers, and fails if one of them was answered again after its end. */
export async function createEngagement(page: Page, options: LiveAssistOptions) {
  const { methodName, limit = 10_000 } = options;
  const chats: Chat[] = [];
  const late: EngagementAnswer[][] = [];
  const secondAnswers = createSecondAnswers(page, methodName);
  const withEndpointAnswer = createEndpointAnswers(page, options.tokenEndpoint);
  let asked = 0;

  if (served.has(page))
    throw new Error(
      'This page has served another test before. The kit needs a new page in each test: take the fixture `page` as Playwright makes it.',
    );
  served.add(page);
  await page.exposeBinding(lateAnswer, (_source, index: number, answer: EngagementAnswer) => {
    late[index]?.push(answer);
    secondAnswers.notice();
  });

  // Nothing is awaited before the click: a test that drives the page's clock next finds the engagement waiting.
  const click = async (): Promise<Chat> => {
    const lateAnswers: EngagementAnswer[] = [];
    const index = late.push(lateAnswers) - 1;
    // JSON knows no Infinity.
    const sent = JSON.stringify({ methodName, limit: Math.min(limit, 2 ** 31 - 1) });
    const answer = await page
      .evaluate<EngagementAnswer>(
        `(${startEngagement})({ ...${sent}, onLateAnswer: (answer) => ${lateAnswer}(${index}, answer) })`,
      )
      .catch((cause: Error) => {
        if (!/navigat|context was destroyed/i.test(cause.message)) throw cause;
        throw new Error('The page navigated during the engagement. Wait for the navigation, then start it.', {
          cause,
        });
      });
    asked = performance.now();
    const isRepeated = answer.token !== undefined && chats.some(({ token }) => token === answer.token);
    const chat = { ...withEndpointAnswer(await judgeAnswer(answer, options)), isRepeated, lateAnswers };
    chats.push(chat);
    secondAnswers.expect(chat);
    return chat;
  };

  const askAgain = async (): Promise<Chat> => {
    const before = chats.findLast(({ outcome, token }) => outcome === 'authenticated' || forgeryOf(token));
    const { iat, exp } = before?.claims ?? {};
    if (!before || typeof iat !== 'number' || typeof exp !== 'number')
      throw new Error('No engagement was authenticated yet. Call start() before askAgain().');
    // A token minted anew in the second of the former one would be equal to it.
    const wait = asked + 1000 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const second = timeDefect(exp) === 'milliseconds' ? 1 : 1000;
    await sleep(page, (exp - iat) * second + 1000);
    const chat = await click();
    if (chat.token !== before.token || chat.outcome !== 'authenticated') return chat;
    return Object.assign(chat, {
      outcome: 'refused',
      step: 4,
      code: 'token-expired',
      message:
        'The token of before came again, though it has expired meanwhile on the page. Does the page, or the server, keep tokens beyond their life?',
    } satisfies Partial<Chat>);
  };

  const start = () => {
    const chat = click();
    return test.step('engagement: the visitor clicks engage', () => chat, { box: true });
  };

  return {
    engagement: {
      start,
      askAgain: () => test.step('engagement: Live Assist asks again after exp', askAgain, { box: true }),
      show: createStandIn(page, start),
    } satisfies Engagement,
    async finish(): Promise<void> {
      if (test.info().errors.length === 0) await secondAnswers.wait();
      const again = chats.find(
        ({ outcome, lateAnswers }) => outcome !== 'no-answer' && lateAnswers.length > 0,
      );
      if (!again) return;
      const after = Math.round((again.lateAnswers[0]?.milliseconds ?? 0) - again.milliseconds);
      throw new Error(
        `The method called back a second time, ${after} ms after the first. Live Assist must be answered exactly once.`,
      );
    },
  };
}
