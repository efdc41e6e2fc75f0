/**
 * Plays Live Assist inside the page, and records what happened. It is injected into pages, so it imports nothing.
 *
 * @module
 */

export interface Recorder {
  /** The arguments of every call of each callback. */
  readonly calls: unknown[][][];
  readonly events: { code: string; message: string }[];
  /** What was stored, and what was sent to other windows. */
  readonly written: string[];
  /** Directives of a Content-Security-Policy that something on the page has violated. */
  readonly violations: string[];
  /** Calls the method as Live Assist does, and resolves to the arguments of the first answer. */
  engage(name?: string, onAnswer?: () => void): Promise<unknown[]>;
}

declare global {
  interface Window {
    recorder: Recorder;
  }
}

/**
 * Runs in every frame before any script of the page. What runs later uses no methods of arrays, because the page may have
 * replaced them.
 */
export function installRecorder(): void {
  const calls: unknown[][][] = [];
  const events: Recorder['events'] = [];
  const written: string[] = [];
  const violations: string[] = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
    violations.push(effectiveDirective),
  );
  addEventListener('live-assist-bridge:error', ({ detail }) => {
    events[events.length] = detail;
  });
  const listenIn = (target: object, method: string) => {
    const original = Reflect.get(target, method);
    Reflect.set(target, method, function (this: unknown, ...words: unknown[]) {
      written[written.length] = JSON.stringify(words);
      return original.apply(this, words);
    });
  };
  listenIn(Storage.prototype, 'setItem');
  listenIn(BroadcastChannel.prototype, 'postMessage');
  window.recorder = {
    calls,
    events,
    written,
    violations,
    engage: (name = 'authoriseChatWithCallback', onAnswer) =>
      new Promise((resolve) => {
        const answers: unknown[][] = [];
        calls[calls.length] = answers;
        let method: unknown = window;
        for (const key of name.split('.')) method = Reflect.get(Object(method), key);
        (method as (callback: (...words: unknown[]) => void) => void)((...words) => {
          answers[answers.length] = words;
          resolve(words);
          onAnswer?.();
        });
      }),
  };
}
