/** Plays the moment of the visitor's click, as Live Assist does: finds the method by name, calls it, waits. */

export interface EngagementOptions {
  /** JS Method Name as entered in Live Assist; dotted names too. @default 'authoriseChatWithCallback' */
  methodName?: string;
  /** How long to wait for the callback, in milliseconds. @default 10000 */
  limit?: number;
}

export interface EngagementAnswer {
  outcome: 'authenticated' | 'refused' | 'method-missing' | 'no-answer' | 'answered-twice';
  /** What the method handed over, when it handed over a string. */
  token?: string;
  /** The callback's second argument, when the method refused. */
  reason?: string;
  /** From the click to the answer, in milliseconds. */
  milliseconds: number;
}

/**
 * Clicks: looks `methodName` up on the global object now, calls it with one callback and tells what came back.
 *
 * Refers to nothing outside of itself, so that it can be sent into a page as text. Never rejects.
 */
export function startEngagement(options: EngagementOptions = {}): Promise<EngagementAnswer> {
  const { methodName = 'authoriseChatWithCallback', limit = 10_000 } = options;
  const started = performance.now();
  return new Promise((resolve) => {
    const end = (answer: Omit<EngagementAnswer, 'milliseconds'>) => {
      clearTimeout(timer);
      resolve({ ...answer, milliseconds: performance.now() - started });
    };
    const timer = setTimeout(() => end({ outcome: 'no-answer' }), limit);
    const path = methodName.split('.');
    const name = path.pop() ?? '';
    // biome-ignore lint/suspicious/noExplicitAny: placeholder until the test kit lands
    const parent = path.reduce<any>((object, key) => object?.[key], globalThis);
    if (typeof parent?.[name] !== 'function') return end({ outcome: 'method-missing' });
    parent[name]((token: unknown, error?: unknown) =>
      typeof token === 'string' && error == null
        ? end({ outcome: 'authenticated', token })
        : end({ outcome: 'refused', reason: String(error) }),
    );
  });
}
