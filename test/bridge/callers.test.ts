// @vitest-environment jsdom
import { BridgeError } from 'live-assist-bridge';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { answer, bridge, call, endpoint, failure, token } from './site.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('callers', () => {
  it.each([
    ['accepted', () => answer(token()), 1],
    ['refused', () => answer('', 401), 2],
  ])('share one request if there are a thousand of them, and are all %s once', async (_, respond, length) => {
    const fetch = endpoint(respond);
    const events = vi.fn();
    window.addEventListener('live-assist-bridge:error', events);
    const { errors } = bridge();
    const callers = Array.from({ length: 1000 }, () => call());
    await Promise.all(callers);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(
      callers.filter(({ answers }) => answers.length === 1 && answers[0]?.length === length),
    ).toHaveLength(1000);
    expect(errors).toHaveLength(length - 1);
    expect(events).toHaveBeenCalledTimes(length - 1);
    window.removeEventListener('live-assist-bridge:error', events);
  });

  it('share their request with getToken', async () => {
    const fetch = endpoint(() => answer(token()));
    const made = bridge();
    const [jwt, answered] = await Promise.all([made.getToken(), call()]);
    expect(answered).toEqual([jwt]);
    expect(await made.getToken()).toBe(jwt);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('who throw are reported, called once, and leave the others their answer', async () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const fetch = endpoint(() => answer(token()));
    bridge();
    const error = new Error('mine');
    const throws = vi.fn(() => {
      throw error;
    });
    window.authoriseChatWithCallback?.(throws);
    const other = call();
    expect(await other).toHaveLength(1);
    window.authoriseChatWithCallback?.(throws);
    expect(throws).toHaveBeenCalledTimes(2);
    await vi.waitFor(() => expect(reported).toHaveBeenCalledTimes(2));
    expect(reported.mock.calls).toEqual([[error], [error]]);
    expect(fetch).toHaveBeenCalledTimes(1);
    vi.unstubAllGlobals();
  });

  it.each([undefined, null, 'callback', {}, 7])('who pass %j cause nothing at all', async (nothing) => {
    const fetch = endpoint(() => answer(token()));
    const { errors } = bridge();
    expect(
      Reflect.apply(window.authoriseChatWithCallback as () => void, undefined, [nothing]),
    ).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve));
    expect(fetch).not.toHaveBeenCalled();
    expect(errors).toEqual([]);
  });

  it('are told apart by the event that follows their answer', async () => {
    const told: unknown[] = [];
    const listen = (event: Event) => {
      const { asked, outcome, kept } = (event as CustomEvent).detail;
      told.push([asked, outcome, kept]);
    };
    window.addEventListener('live-assist-bridge:answer', listen);
    onTestFinished(() => window.removeEventListener('live-assist-bridge:answer', listen));
    endpoint(() => answer(token()));
    const made = bridge();
    await call();
    await made.getToken();
    expect(told).toEqual([
      ['chat', 'token', false],
      ['page', 'token', true],
    ]);
  });

  it('are answered with the token alone, even if every object inherits a token and an error', async () => {
    const jwt = token();
    endpoint(() => answer({ token: jwt }));
    bridge();
    const inherited = Object.prototype as unknown as Record<string, unknown>;
    for (const name of ['token', 'error'])
      Object.defineProperty(inherited, name, { configurable: true, value: 'signed-out' });
    try {
      expect(await call()).toEqual([jwt]);
      expect(await call()).toEqual([jwt]);
    } finally {
      delete inherited.token;
      delete inherited.error;
    }
  });

  it('may pass further arguments, which are ignored', async () => {
    endpoint(() => answer(token()));
    bridge();
    const callback = vi.fn();
    Reflect.apply(window.authoriseChatWithCallback as () => void, undefined, [
      callback,
      { code_challenge: 'x' },
    ]);
    await vi.waitFor(() => expect(callback).toHaveBeenCalledTimes(1));
  });

  it('who wait are refused by dispose, and so are later callers', async () => {
    endpoint(() => new Promise(() => {}));
    const made = bridge();
    const waiting = call();
    made.dispose();
    expect(await waiting).toEqual(failure);
    await expect(made.getToken()).rejects.toMatchObject({ code: 'disposed' });
    const later = vi.fn();
    made.authoriseChatWithCallback(later);
    expect(later.mock.calls).toEqual([failure]);
    expect(made.codes()).toEqual(['disposed', 'disposed', 'disposed']);
  });
});

describe('a failure', () => {
  it('is given to onError as a BridgeError without anything of the answer in it', async () => {
    const secret = token({ sub: 'secret' });
    endpoint(() => answer({ jwt: secret, note: 'secret' }));
    const errors: BridgeError[] = [];
    const warn = vi.spyOn(console, 'warn');
    bridge({ onError: (error) => errors.push(error) });
    await call();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(BridgeError);
    expect(errors[0]).not.toHaveProperty('cause');
    expect(Object.keys(errors[0] ?? {}).sort()).toEqual(['code', 'name', 'status']);
    expect(`${errors[0]?.message}${errors[0]?.stack}`).not.toContain('secret');
    expect(warn).not.toHaveBeenCalled();
  });

  it('without onError is written once per code and page', async () => {
    vi.resetModules();
    const { createBridge } = await import('live-assist-bridge');
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    endpoint(
      () => answer('', 404),
      () => answer('', 404),
      () => answer('<p>'),
      () => answer('', 401),
    );
    const made = createBridge({ tokenEndpoint: 'http://localhost:3000/token' });
    for (let calls = 0; calls < 4; calls += 1) await call();
    expect(warn.mock.calls).toEqual([
      ['live-assist-bridge: The token endpoint answered 404. Check its address and log. (endpoint-failed)'],
      [expect.stringMatching(/^live-assist-bridge: The answer is an HTML page\. .+ \(not-a-token\)$/)],
    ]);
    made.dispose();
  });

  it('is an event with its code and message, every time', async () => {
    endpoint(() => answer('', 401));
    bridge();
    const events: unknown[] = [];
    const listen = ({ detail }: WindowEventMap['live-assist-bridge:error']) => events.push(detail);
    window.addEventListener('live-assist-bridge:error', listen);
    await call();
    await call();
    window.removeEventListener('live-assist-bridge:error', listen);
    const detail = { code: 'signed-out', message: expect.stringContaining('signed in') };
    expect(events).toEqual([detail, detail]);
  });

  it.each([
    ['dispatchEvent', null],
    ['CustomEvent', {}],
  ])('is answered and rejects with itself on a page with its own %s', async (name, broken) => {
    endpoint(() => answer('', 401));
    const { codes, getToken } = bridge();
    Object.defineProperty(window, name, { configurable: true, writable: true, value: broken });
    onTestFinished(() => void Reflect.deleteProperty(window, name));
    expect(await call()).toEqual(failure);
    await expect(getToken()).rejects.toMatchObject({ code: 'signed-out' });
    expect(codes()).toEqual(['signed-out', 'signed-out']);
  });

  it('is answered even when onError throws', async () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    endpoint(() => answer('', 401));
    bridge({
      onError() {
        throw new Error('mine');
      },
    });
    expect(await call()).toEqual(failure);
    await vi.waitFor(() => expect(reported).toHaveBeenCalledTimes(1));
    vi.unstubAllGlobals();
  });
});
