/**
 * Makes the browser's native timeouts follow the page's clock, whose timers Playwright controls.
 *
 * @module
 */
import type { BrowserContext } from '@playwright/test';

/** The property that is set on the page's global object while the page waits for a synchronous XMLHttpRequest. */
export const standsStill = '__liveAssistStandsStill';

/** Runs in the page, so it refers to nothing outside itself. */
function patchTimeouts(standsStill: string): void {
  AbortSignal.timeout = (milliseconds) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('signal timed out', 'TimeoutError')), milliseconds);
    return controller.signal;
  };

  const { prototype } = XMLHttpRequest;
  const { open, send } = prototype;
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, 'timeout') ?? {};
  if (!get || !set) return;
  const synchronous = new WeakSet<XMLHttpRequest>();
  const timeouts = new WeakMap<XMLHttpRequest, number>();
  const sent = new WeakMap<XMLHttpRequest, number>();
  const timers = new WeakMap<XMLHttpRequest, ReturnType<typeof setTimeout>>();

  const count = (request: XMLHttpRequest) => {
    clearTimeout(timers.get(request));
    const since = sent.get(request);
    const timeout = timeouts.get(request);
    if (since === undefined || !timeout) return;
    // Sets a native timeout that has already passed, so that the browser itself ends the request with its own events.
    const expire = () => set.call(request, 1);
    timers.set(request, setTimeout(expire, timeout - (performance.now() - since)));
  };

  Object.defineProperty(prototype, 'timeout', {
    configurable: true,
    enumerable: true,
    get(this: XMLHttpRequest) {
      return timeouts.get(this) ?? get.call(this);
    },
    set(this: XMLHttpRequest, value: unknown) {
      // The browser converts the value, or rejects it.
      set.call(this, value);
      timeouts.set(this, get.call(this));
      set.call(this, 0);
      count(this);
    },
  });
  prototype.open = function (...request: unknown[]) {
    if (request.length > 2 && !request[2]) synchronous.add(this);
    else synchronous.delete(this);
    Reflect.apply(open, this, request);
  };
  prototype.send = function (body) {
    sent.set(this, performance.now());
    const end = () => {
      sent.delete(this);
      clearTimeout(timers.get(this));
      set.call(this, 0);
    };
    this.addEventListener('loadend', end, { once: true });
    count(this);
    Reflect.set(globalThis, standsStill, synchronous.has(this));
    try {
      send.call(this, body);
    } finally {
      Reflect.set(globalThis, standsStill, false);
    }
  };
}

/** Patches `AbortSignal.timeout` and `XMLHttpRequest.timeout` in all present and future pages of `context`. */
export async function teachTimeouts(context: BrowserContext): Promise<void> {
  await context.addInitScript(patchTimeouts, standsStill);
  await Promise.all(context.pages().map((page) => page.evaluate(patchTimeouts, standsStill)));
}
