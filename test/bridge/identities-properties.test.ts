// @vitest-environment jsdom
import fc from 'fast-check';
import type { BridgeOptions } from 'live-assist-bridge';
import { expect, it, vi } from 'vitest';
import { bridge, token } from './site.js';

/** 1,000 in every run; more by `RUNS=10000`. */
const runs = Number(process.env.RUNS) || 1000;

const visitors = ['ada', 'ben', 'eve'] as const;
type Visitor = (typeof visitors)[number] | null;
const guid = (visitor: Visitor) => `${visitor}-guid`;

type Step =
  | { kind: 'switch'; to: Visitor; isTold: boolean; isInTab: boolean }
  | { kind: 'click' | 'identify' | 'prefetch' | 'forget' | 'hide' | 'restore' | 'answer' | 'newPage' }
  | { kind: 'wait'; seconds: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('switch' as const),
        to: fc.constantFrom(...visitors, null),
        isTold: fc.boolean(),
        isInTab: fc.boolean(),
      }),
    },
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constantFrom('click', 'identify', 'prefetch', 'forget', 'hide', 'restore', 'newPage'),
      }),
    },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('answer' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(1, 20, 70) }),
    },
  ),
  { minLength: 4, maxLength: 25 },
);

/**
 * One page with many callers, and a site whose session changes. The model is the visitor who has the session now.
 * Returns how many callers were given a visitor.
 */
async function play(list: Step[]): Promise<number> {
  let session: Visitor = 'ada';
  let delivered = 0;
  const waiting: (() => void)[] = [];
  /** A request is answered for the visitor who has the session when it arrives. The answer may come much later. */
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
    const asked = session;
    return new Promise<Response>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      waiting.push(() =>
        resolve(
          asked === null
            ? new Response('', { status: 401 })
            : new Response(
                JSON.stringify({
                  token: token({
                    iss: 'site',
                    sub: guid(asked),
                    iat: Date.now() / 1000,
                    exp: Date.now() / 1000 + 60,
                  }),
                }),
                { headers: { Date: new Date().toUTCString() } },
              ),
        ),
      );
    });
  });
  const tag: { identities: ((callback: (given: unknown) => void) => void)[]; newPage?: () => void } = {
    identities: [],
  };
  Object.assign(globalThis, { lpTag: tag });
  const answers: number[] = [];
  const wrong: string[] = [];

  /** Counts a caller's answers, and compares each with the visitor who is signed in at that moment. */
  const caller = () => {
    const index = answers.push(0) - 1;
    return (given: unknown) => {
      answers[index] = (answers[index] ?? 0) + 1;
      if (given === null) return;
      delivered += 1;
      const sub =
        typeof given === 'string'
          ? JSON.parse(atob(String(given.split('.')[1]))).sub
          : (given as { sub: string }).sub;
      // By the model, a caller may only be given the current visitor.
      if (sub !== guid(session)) wrong.push(`${sub} while ${session} was signed in`);
    };
  };
  const identify = () => {
    for (const identity of tag.identities) identity(caller());
  };
  tag.newPage = identify;
  const made = bridge({
    identities: true,
    visitor: () => session,
    onError() {},
    timeout: 9000,
  } as Partial<BridgeOptions>);

  for (const step of list) {
    if (step.kind === 'switch') {
      session = step.to;
      // The site in another tab tells the others by the shared stamp.
      if (step.isInTab) localStorage.setItem('live-assist-bridge', String(Math.random()));
      if (step.isTold) made.forgetToken();
    } else if (step.kind === 'click') made.authoriseChatWithCallback(caller());
    else if (step.kind === 'identify') identify();
    else if (step.kind === 'prefetch') made.getToken().catch(() => {});
    else if (step.kind === 'forget') made.forgetToken();
    else if (step.kind === 'hide') window.dispatchEvent(new Event('visibilitychange'));
    else if (step.kind === 'restore') {
      window.dispatchEvent(new Event('pagehide'));
      window.dispatchEvent(new Event('pageshow'));
    } else if (step.kind === 'newPage') (globalThis as { lpTag?: typeof tag }).lpTag?.newPage?.();
    else if (step.kind === 'wait') await vi.advanceTimersByTimeAsync(step.seconds * 1000);
    else {
      waiting.shift()?.();
      await vi.advanceTimersByTimeAsync(0);
    }
  }
  for (const respond of waiting) respond();
  await vi.advanceTimersByTimeAsync(9000);
  expect(wrong).toEqual([]);
  expect(answers).toEqual(answers.map(() => 1));
  made.dispose();
  return delivered;
}

it('gives no token and no identity of a wrong visitor, and answers every caller once, in whatever order things happen', {
  timeout: 10 * runs + 60_000,
}, async () => {
  vi.useFakeTimers();
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  let delivered = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      localStorage.clear();
      delivered += await play(list);
    }),
    { numRuns: runs },
  );
  vi.useRealTimers();
  vi.unstubAllGlobals();
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
  // Checks that the model was exercised at all.
  expect(delivered).toBeGreaterThan(runs / 2);
});
