/**
 * Starts engagements on a page and judges their results.
 *
 * @module
 */
import { type Frame, type Page, type TestInfo, test } from '@playwright/test';
import { timeDefect } from '../../contract/claims.js';
import type { EngagementAnswer } from '../engagement.js';
import { forgeryOf } from '../faults/forge-token.js';
import type { LiveAssistOptions } from '../live-assist-options.js';
import { recordContext } from '../record/context-record.js';
import { reportChats } from '../record/report-chats.js';
import { askIdentities, type Identity } from './ask-identities.js';
import { type Chat, judgeAnswer } from './chat.js';
import { click } from './click.js';
import { createEndpointAnswers } from './endpoint-answers.js';
import { explainFromOutside } from './explain-from-outside.js';
import { createLateness } from './lateness.js';
import { channelOf } from './page-channel.js';
import { sleep } from './page-clock.js';
import { createSecondAnswers } from './second-answers.js';
import { createStandIn, type StandIn } from './stand-in.js';

/**
 * Plays Live Assist on a page: on the fixture `page` as the fixture `engagement`, on other pages as returned by
 * `engagementOn`.
 */
export interface Engagement {
  /**
   * The visitor clicks engage. Like any Playwright action, it first waits for the method, up to `liveAssist.wait`.
   * Resolves when the method has called back, or at the limit. Never rejects because of the method. A second answer
   * that arrives later fails the test at its end. To notice it, the end of a test is delayed until half a second after
   * the first answer: in each worker once for each page, outcome and code.
   */
  start(): Promise<Chat>;
  /**
   * Advances the page's clock until the token of the last chat has expired, and asks again as Live Assist does. If the
   * page hands over the same token, the outcome is `refused` with the code `token-expired`. The server's clock does not
   * move.
   *
   * @throws Error if no engagement was authenticated before (or handed over a token forged by a fault), or if the test
   * has fixed the page's clock.
   */
  askAgain(): Promise<Chat>;
  /**
   * Asks every function in `lpTag.identities` who the visitor is, as the tag of Live Assist Messaging does. Resolves to
   * their answers in order (`null` for a guest), or to an empty list if the page has no function.
   *
   * @throws Error if a function does not answer exactly once within `limit`, or answers with anything else.
   */
  identities(): Promise<(Identity | null)[]>;
  /**
   * Puts a visible window on the page, which starts an engagement on each click. Works under any
   * Content-Security-Policy.
   */
  show(): Promise<StandIn>;
  /**
   * Attaches a report of all chats so far to the test: outcome, claims, the bridge's messages, and the exchange with
   * the token endpoint. The report contains no token. A failed test attaches it automatically.
   */
  attach(): Promise<void>;
}

/** What a fixture does with an engagement. */
export interface EngagementControl {
  engagement: Engagement;
  /** Resolves when the page can report. A chat started earlier waits for it. */
  ready: Promise<void>;
  /** Attaches the report if the test has failed. Fails if the method was late, or if a chat was answered again after its end. */
  finish(): Promise<void>;
}

/** Pages and frames used by an earlier test. Their clocks and patched functions cannot be reset. */
const served = new WeakSet<Page | Frame>();

/**
 * Creates the engagement of `target` for the test `info`. `remaining` returns the test's remaining time in milliseconds.
 *
 * @throws Error if the page was used by another test.
 */
export function createEngagement(
  target: Page | Frame,
  options: LiveAssistOptions,
  info: TestInfo,
  remaining: () => number,
): EngagementControl {
  const { methodName = 'authoriseChatWithCallback', limit = 10_000, wait = 5_000 } = options;
  const frame = 'mainFrame' in target ? target.mainFrame() : target;
  const page = frame.page();
  const chats: Chat[] = [];
  let asked = 0;
  let isReady = false;

  if (served.has(target))
    throw new Error(
      'This page has served another test before. The kit needs a new page in each test: take the fixture `page` as Playwright makes it.',
    );
  served.add(target);
  const record = recordContext(page.context(), options.tokenEndpoint);
  const secondAnswers = createSecondAnswers(page, methodName);
  const lateness = createLateness(info, options.late);
  const withEndpointAnswer = createEndpointAnswers(page, options.tokenEndpoint);
  const channel = channelOf(page);
  const ready = Promise.all([channel.ready, record.ready]).then(() => {
    isReady = true;
  });
  ready.catch(() => {});

  // Nothing is awaited before the click, so that a test that drives the page's clock next finds the engagement waiting.
  const ask = async (): Promise<Chat> => {
    const lateAnswers: EngagementAnswer[] = [];
    if (!isReady) await ready;
    const answer = await click(frame, {
      methodName,
      limit,
      wait,
      remaining,
      listen: channel.listen,
      onLateAnswer(late) {
        lateAnswers.push(late);
        secondAnswers.notice();
      },
    });
    asked = performance.now();
    if (answer.token !== undefined) record.tokens.add(answer.token);
    lateness.notice(answer);
    const isRepeated = answer.token !== undefined && chats.some(({ token }) => token === answer.token);
    const lines = record.lines(page, 'present');
    const isLate = remaining() <= 0;
    const explained = await explainFromOutside(answer, { frame, methodName, lines, isLate });
    const judged = await withEndpointAnswer(await judgeAnswer(explained, options));
    const chat: Chat = { ...judged, isRepeated, lateAnswers };
    chats.push(chat);
    secondAnswers.expect(chat);
    return chat;
  };

  const askAgain = async (): Promise<Chat> => {
    const before = chats.findLast(({ outcome, token }) => outcome === 'authenticated' || forgeryOf(token));
    const { iat, exp } = before?.claims ?? {};
    if (!before || typeof iat !== 'number' || typeof exp !== 'number')
      throw new Error('No engagement was authenticated yet. Call start() before askAgain().');
    // A token minted within the same second as the previous one would equal it.
    const rest = asked + 1000 - performance.now();
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    const second = timeDefect(exp) === 'milliseconds' ? 1 : 1000;
    await sleep(page, (exp - iat) * second + 1000);
    const chat = await ask();
    if (chat.token !== before.token || chat.outcome !== 'authenticated') return chat;
    return Object.assign(chat, {
      outcome: 'refused',
      step: 4,
      code: 'token-expired',
      message:
        'The page handed over the same token again, although it has expired. Does the page, or the server, keep tokens beyond their lifetime?',
    } satisfies Partial<Chat>);
  };

  const start = () => {
    const chat = ask();
    return test.step('engagement: the visitor clicks engage', () => chat, { box: true });
  };

  const attach = async () => {
    const body = await reportChats({ chats, page, record, tokenEndpoint: options.tokenEndpoint });
    await info.attach('live-assist-chats', { body, contentType: 'text/markdown' });
  };

  const again = () => {
    const chat = chats.find(({ outcome, lateAnswers }) => outcome !== 'no-answer' && lateAnswers.length > 0);
    if (!chat) return undefined;
    const after = Math.round((chat.lateAnswers[0]?.milliseconds ?? 0) - chat.milliseconds);
    return `The method called back a second time, ${after} ms after the first. Live Assist must be answered exactly once.`;
  };

  return {
    engagement: {
      start,
      askAgain: () => test.step('engagement: Live Assist asks again after exp', askAgain, { box: true }),
      identities: () =>
        test.step('engagement: messaging asks who the visitor is', () => askIdentities(frame, limit), {
          box: true,
        }),
      show: createStandIn(page, start),
      attach: () => test.step('engagement: attach the report', attach, { box: true }),
    },
    ready,
    async finish() {
      const { errors, status, expectedStatus } = info;
      const hasFailed = errors.length > 0 || status !== expectedStatus;
      if (!hasFailed) await secondAnswers.wait();
      const failure = again() ?? lateness.failure();
      if (chats.length > 0 && (hasFailed || failure) && status !== 'skipped') await attach();
      if (failure) throw new Error(failure);
    },
  };
}
