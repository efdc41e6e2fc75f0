// @vitest-environment jsdom
import { createBridge } from 'live-assist-bridge';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { answer, bridge, call, endpoint, failure, token } from './site.js';

const page = globalThis as unknown as Record<string, unknown>;
let warn = vi.spyOn(console, 'warn');

beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockReturnValue();
  endpoint(() => answer(token()));
});
afterEach(() => {
  vi.restoreAllMocks();
  delete page.authoriseChatWithCallback;
  delete page.auth;
});

describe('the method', () => {
  it('is a property of window, found by its name at the moment of the call', async () => {
    bridge();
    expect(Object.hasOwn(window, 'authoriseChatWithCallback')).toBe(true);
    expect(await call()).toHaveLength(1);
  });

  it('has the name that the site chooses, beside another bridge with another', async () => {
    bridge({ methodName: 'lpGetAuthenticationToken' });
    bridge();
    expect(await call('lpGetAuthenticationToken')).toHaveLength(1);
    expect(await call()).toHaveLength(1);
    expect(warn).not.toHaveBeenCalled();
  });

  it('may have a dotted name whose parents do not exist yet', () => {
    const made = bridge({ methodName: 'auth.live.getToken' });
    expect(page.auth).toEqual({ live: { getToken: made.authoriseChatWithCallback } });
    made.dispose();
    expect(page.auth).toEqual({ live: {} });
  });

  it('of the newer of two bridges is restored when a script has replaced the parent', async () => {
    const older = bridge({ methodName: 'auth.getToken' });
    const newer = bridge({ methodName: 'auth.getToken' });
    page.auth = {};
    window.dispatchEvent(new Event('load'));
    expect(page.auth).toEqual({ getToken: newer.authoriseChatWithCallback });
    expect(page.auth).not.toEqual({ getToken: older.authoriseChatWithCallback });
  });

  it('that another script deletes is put back without a warning', () => {
    const made = bridge({ methodName: 'auth.getToken' });
    Reflect.deleteProperty(page.auth as object, 'getToken');
    window.dispatchEvent(new Event('load'));
    expect(page.auth).toEqual({ getToken: made.authoriseChatWithCallback });
    expect(warn).not.toHaveBeenCalled();
  });

  it('may have an existing parent', () => {
    const auth = { other: 1 };
    page.auth = auth;
    const made = bridge({ methodName: 'auth.getToken' });
    expect(page.auth).toBe(auth);
    expect(auth).toEqual({ other: 1, getToken: made.authoriseChatWithCallback });
  });

  it('is refused below a parent that is not an object', () => {
    page.auth = 'text';
    expect(() => bridge({ methodName: 'auth.getToken' })).toThrow(
      new TypeError('auth.getToken cannot be set. Its parent is not an object.'),
    );
  });

  it.each([
    ['below a text', 'auth.inner.getToken', { auth: { inner: 'text' } }],
    ['where nothing can be added', 'auth.getToken', { auth: Object.freeze({}) }],
    ['where no parent can be added', 'auth.inner.getToken', { auth: Object.freeze({}) }],
    [
      'where it can only be read',
      'auth.getToken',
      {
        auth: {
          get getToken() {
            return () => {};
          },
        },
      },
    ],
  ])('is refused with its own message %s', (_, methodName, globals) => {
    vi.stubGlobal('auth', globals.auth);
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(() => bridge({ methodName })).toThrow(`${methodName} cannot be set.`);
  });

  it('is refused if the browser converts the value, as it does with window.name', () => {
    Object.defineProperty(page, 'coerced', { get: () => 'text', set() {}, configurable: true });
    expect(() => bridge({ methodName: 'coerced' })).toThrow('coerced cannot be set.');
    delete page.coerced;
  });

  it.each([
    '__proto__.polluted',
    'constructor.prototype.polluted',
    'auth.__proto__.polluted',
    'auth.constructor',
    'prototype',
    'auth.',
    '.auth',
    'auth..token',
    'auth token',
    '',
  ])('is never called %j', (methodName) => {
    expect(() => bridge({ methodName })).toThrow(TypeError);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each(['constructors', 'my_prototype', '$auth.proto', 'a1.b2'])('may be called %s', (methodName) => {
    const made = bridge({ methodName });
    expect(methodName.split('.').reduce((object, key) => Reflect.get(object, key), window as object)).toBe(
      made.authoriseChatWithCallback,
    );
  });
});

describe('another script’s function', () => {
  it('from before is replaced with one warning, and restored by dispose', () => {
    const theirs = () => {};
    page.authoriseChatWithCallback = theirs;
    const made = bridge();
    expect(page.authoriseChatWithCallback).toBe(made.authoriseChatWithCallback);
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining("authoriseChatWithCallback was another script's")],
    ]);
    made.dispose();
    expect(page.authoriseChatWithCallback).toBe(theirs);
  });

  it('from afterwards is left alone by dispose', () => {
    const made = bridge();
    const theirs = () => {};
    page.authoriseChatWithCallback = theirs;
    made.dispose();
    expect(page.authoriseChatWithCallback).toBe(theirs);
  });

  it('whose name the page has declared leaves no method behind, and nobody waiting', async () => {
    Object.defineProperty(page, 'declared', { value: undefined, writable: true, configurable: false });
    endpoint(() => new Promise(() => {}));
    const made = bridge({ methodName: 'declared' });
    const waiting = call('declared');
    made.dispose();
    expect(await waiting).toEqual(failure);
    expect(page.declared).toBeUndefined();
  });

  it('that takes no function is replaced without a warning', () => {
    page.authoriseChatWithCallback = 'placeholder';
    const made = bridge();
    expect(warn).not.toHaveBeenCalled();
    made.dispose();
    expect(page.authoriseChatWithCallback).toBe('placeholder');
  });
});

describe('a stub', () => {
  const stub = () => {
    const queue: { (callback: unknown): void; q?: unknown[] } = (callback) => {
      queue.q = queue.q || [];
      queue.q.push(callback);
    };
    page.authoriseChatWithCallback = queue;
    return queue;
  };

  it('has its queued callers answered once, and is not restored', async () => {
    const queue = stub();
    const callers = [call(), call()];
    const made = bridge();
    expect((await Promise.all(callers)).map(({ length }) => length)).toEqual([1, 1]);
    expect(queue.q).toHaveLength(0);
    expect(warn).not.toHaveBeenCalled();
    made.dispose();
    expect('authoriseChatWithCallback' in window).toBe(false);
    expect(callers.map(({ answers }) => answers.length)).toEqual([1, 1]);
  });

  it('may be minified', () => {
    page.authoriseChatWithCallback = new Function('c', 'f=window.a;(f.q=f.q||[]).push(c)');
    bridge().dispose();
    expect(warn).not.toHaveBeenCalled();
    expect('authoriseChatWithCallback' in window).toBe(false);
  });

  it('that another script still holds continues to be answered', async () => {
    stub();
    const text = `(callback) => (page.authoriseChatWithCallback.q ||= []).push(callback)`;
    const written = new Function('page', `return ${text}`)(page) as (callback: unknown) => void;
    bridge();
    const answered = new Promise((resolve) => written((...words: unknown[]) => resolve(words)));
    expect(await answered).toHaveLength(1);
  });

  it('may queue the arguments of its calls', async () => {
    const queue: { (...words: unknown[]): void; q?: unknown[] } = function () {
      queue.q = queue.q || [];
      // biome-ignore lint/complexity/noArguments: what minified stubs do
      queue.q.push(arguments);
    };
    page.authoriseChatWithCallback = queue;
    const caller = call();
    bridge();
    expect(await caller).toHaveLength(1);
    const held = vi.fn();
    queue(held);
    await vi.waitFor(() => expect(held).toHaveBeenCalledTimes(1));
    expect(held.mock.calls[0]).toHaveLength(1);
  });

  it('may continue to inspect its queue', () => {
    stub();
    bridge();
    const { q } = page.authoriseChatWithCallback as unknown as { q: unknown[] };
    expect([q.length, q.includes(1), q.indexOf(1)]).toEqual([0, false, -1]);
  });

  it('is not just any function that calls push', () => {
    const waiting: unknown[] = [];
    const options = { q: 'chat' };
    const theirs = (callback: unknown) => {
      if (options.q === 'chat') waiting.push(callback);
    };
    page.authoriseChatWithCallback = theirs;
    bridge().dispose();
    expect(warn).toHaveBeenCalledTimes(1);
    expect(page.authoriseChatWithCallback).toBe(theirs);
  });

  it('that nobody has called is replaced silently', () => {
    stub();
    bridge().dispose();
    expect(warn).not.toHaveBeenCalled();
    expect('authoriseChatWithCallback' in window).toBe(false);
  });
});

describe('a newer bridge', () => {
  it('replaces an older one silently, whose late dispose leaves it alone', async () => {
    const older = bridge();
    const newer = bridge();
    older.dispose();
    expect(page.authoriseChatWithCallback).toBe(newer.authoriseChatWithCallback);
    expect(await call()).toHaveLength(1);
    newer.dispose();
    expect('authoriseChatWithCallback' in window).toBe(false);
    expect(warn).not.toHaveBeenCalled();
  });

  it('gives the method back to an older one that is still in use', () => {
    const older = bridge();
    bridge().dispose();
    expect(page.authoriseChatWithCallback).toBe(older.authoriseChatWithCallback);
  });

  it('restores another script’s method, skipping an older bridge that has ended', () => {
    const theirs = () => {};
    page.authoriseChatWithCallback = theirs;
    const older = bridge();
    const newer = bridge();
    older.dispose();
    newer.dispose();
    expect(page.authoriseChatWithCallback).toBe(theirs);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('may be made by an effect that runs twice', async () => {
    bridge().dispose();
    const made = bridge();
    made.dispose();
    made.dispose();
    const last = bridge();
    expect(await call()).toHaveLength(1);
    expect(last.errors).toEqual([]);
  });
});

describe('without a page', () => {
  it('a bridge does nothing, and refuses', async () => {
    vi.stubGlobal('document', undefined);
    vi.stubGlobal('window', undefined);
    const made = createBridge({ tokenEndpoint: '/live-assist/token' });
    await expect(made.getToken()).rejects.toMatchObject({ code: 'disposed' });
    const callback = vi.fn();
    made.authoriseChatWithCallback(callback);
    made.forgetToken();
    made.dispose();
    vi.unstubAllGlobals();
    expect(callback.mock.calls).toEqual([failure]);
    expect('authoriseChatWithCallback' in window).toBe(false);
    expect(warn).not.toHaveBeenCalled();
  });
});
