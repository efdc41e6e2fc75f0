// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { identify } from '../../src/bridge/identify.js';
import { answer, bridge, call, endpoint, failure, token } from './site.js';

beforeEach(() => localStorage.clear());

/** A site with a signed-in visitor, whose endpoint answers only on command. */
function site(options: { named?: boolean } = {}) {
  let signedIn: string | null | undefined = 'ada';
  const waiting: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const made = bridge({
    ...(options.named && { visitor: () => signedIn }),
    fetchToken(signal) {
      signals.push(signal);
      const jwt = token({ sub: String(signedIn) });
      return new Promise((resolve) => waiting.push(() => resolve(jwt)));
    },
  });
  return Object.assign(made, {
    signals,
    signIn(visitor: string | null | undefined) {
      signedIn = visitor;
    },
    async respond() {
      for (const release of waiting.splice(0)) release();
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
}

const subject = ([jwt]: unknown[]) =>
  typeof jwt === 'string' && JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()).sub;

/** What another tab of the site does to this one: it writes the shared storage. */
const elsewhere = {
  forgetToken: () => localStorage.setItem('live-assist-bridge', `other tab ${Math.random()}`),
};

const hide = (state: 'hidden' | 'visible') => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
};

describe('a visitor who changes for a moment and changes back', () => {
  it('does not get the token that was requested meanwhile', async () => {
    let signedIn = 'ada';
    const fetch = endpoint(
      () => answer('', 503, { 'Retry-After': '0' }),
      () => answer(token({ sub: signedIn })),
    );
    const made = bridge({ tokenEndpoint: 'http://localhost:3000/token', visitor: () => signedIn });
    const first = call();
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    signedIn = 'ben';
    await vi.waitFor(() => expect(first.answers).toEqual([failure]));
    signedIn = 'ada';
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(made.codes()).toEqual(['visitor-changed']);
    expect(subject(await call())).toBe('ada');
  });
});

describe('forgetToken', () => {
  it('reaches the page’s other bridges if storage is blocked', async () => {
    const closed = vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new Error('denied');
    });
    const shut = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('denied');
    });
    const fetch = endpoint(() => answer(token()));
    bridge({ tokenEndpoint: 'http://localhost:3000/token' });
    await call();
    const other = bridge({ tokenEndpoint: 'http://localhost:3000/token', methodName: 'other' });
    other.forgetToken();
    other.dispose();
    await call();
    expect(fetch).toHaveBeenCalledTimes(2);
    closed.mockRestore();
    shut.mockRestore();
  });

  it('reaches other tabs if storage is full', async () => {
    localStorage.setItem('live-assist-bridge', 'of this tab and the others');
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    bridge().forgetToken();
    full.mockRestore();
    expect(localStorage.getItem('live-assist-bridge')).toBeNull();
  });

  it('drops the kept token', async () => {
    const here = site();
    const first = call();
    await here.respond();
    here.signIn('ben');
    here.forgetToken();
    const second = call();
    await here.respond();
    expect([subject(await first), subject(await second)]).toEqual(['ada', 'ben']);
  });

  it('aborts the pending request and refuses waiting callers', async () => {
    const here = site();
    const first = call();
    here.forgetToken();
    expect(await first).toEqual(failure);
    expect(here.signals[0]?.aborted).toBe(true);
    expect(here.codes()).toEqual(['visitor-changed']);
  });

  it('does the same on a page that has replaced a method of arrays', async () => {
    const here = site();
    const first = call();
    const replaced = vi.spyOn(Array.prototype, 'filter').mockImplementation(() => {
      throw new TypeError("the page's own filter");
    });
    try {
      here.forgetToken();
    } finally {
      replaced.mockRestore();
    }
    expect(await first).toEqual(failure);
    expect(here.signals[0]?.aborted).toBe(true);
  });

  it('delivers a late answer of the former session to nobody', async () => {
    const here = site();
    const first = call();
    here.forgetToken();
    here.signIn('ben');
    const second = call();
    await here.respond();
    expect(first.answers).toEqual([failure]);
    expect(subject(await second)).toBe('ben');
    expect(subject(await call())).toBe('ben');
  });

  it('in another tab makes this one ask again', async () => {
    const here = site();
    const first = call();
    await here.respond();
    expect(subject(await first)).toBe('ada');
    elsewhere.forgetToken();
    here.signIn('ben');
    const second = call();
    expect(second.answers).toEqual([]);
    await here.respond();
    expect(subject(await second)).toBe('ben');
  });

  it('in another tab refuses waiting callers here', async () => {
    const here = site();
    const first = call();
    const getToken = here.getToken().catch(({ code }) => code);
    elsewhere.forgetToken();
    await here.respond();
    expect(await first).toEqual(failure);
    expect(await getToken).toBe('visitor-changed');
    expect(here.codes()).toEqual(['visitor-changed']);
  });

  it('in another tab does not let a new caller join the former request', async () => {
    const here = site();
    const first = call();
    elsewhere.forgetToken();
    here.signIn('ben');
    const second = call();
    expect(await first).toEqual(failure);
    await here.respond();
    expect(subject(await second)).toBe('ben');
  });

  it('in a callback refuses the later callers', async () => {
    const here = site();
    window.authoriseChatWithCallback?.(() => here.forgetToken());
    const behind = call();
    const getToken = here.getToken().catch(({ code }) => code);
    await here.respond();
    expect(await behind).toEqual(failure);
    expect(await getToken).toBe('visitor-changed');
  });

  it('in a callback refuses the later callers once, even if storage throws', async () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    const here = site();
    window.authoriseChatWithCallback?.(() => here.forgetToken());
    const behind = [call(), call()];
    await here.respond();
    expect(await Promise.all(behind)).toEqual([failure, failure]);
    expect(here.codes()).toEqual(['visitor-changed']);
    vi.restoreAllMocks();
  });

  it('writes a stamp without meaning, through which it reaches the site’s other tabs', () => {
    const here = site();
    here.forgetToken();
    const stamp = localStorage.getItem('live-assist-bridge');
    here.forgetToken();
    expect(stamp).toMatch(/^\d{8,20}$/);
    expect(localStorage.getItem('live-assist-bridge')).not.toBe(stamp);
    expect(localStorage).toHaveLength(1);
  });

  it('writes the time as the stamp if the page has replaced crypto', () => {
    vi.stubGlobal('crypto', undefined);
    site().forgetToken();
    expect(localStorage.getItem('live-assist-bridge')).toMatch(/^\d{13}$/);
  });

  it('does not reach other tabs if storage throws', async () => {
    const closed = vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    const here = site();
    const first = call();
    await here.respond();
    expect(subject(await first)).toBe('ada');
    expect(call().answers).toHaveLength(1);
    here.forgetToken();
    expect(call().answers).toHaveLength(0);
    closed.mockRestore();
  });

  it('by the site’s own function, while it is asked, refuses that call and leaves the next one free', async () => {
    let isSignedIn = false;
    const made = bridge({
      async fetchToken() {
        if (!isSignedIn) made.forgetToken();
        return isSignedIn ? token() : null;
      },
    });
    expect(await call()).toEqual(failure);
    isSignedIn = true;
    expect(await call()).toHaveLength(1);
    expect(made.codes()).toEqual(['visitor-changed']);
  });
});

describe('the visitor', () => {
  it('who changed causes a new request', async () => {
    const here = site({ named: true });
    call();
    await here.respond();
    expect(call().answers).toHaveLength(1);
    here.signIn('ben');
    const second = call();
    await here.respond();
    expect(subject(await second)).toBe('ben');
  });

  it('who came back causes a new request', async () => {
    const here = site({ named: true });
    call();
    await here.respond();
    here.signIn('ben');
    call();
    here.signIn('ada');
    expect(call().answers).toEqual([]);
  });

  it.each(['ben', null, undefined])(
    'who becomes %s while the token is fetched does not get it',
    async (next) => {
      const here = site({ named: true });
      const first = call();
      here.signIn(next);
      await here.respond();
      expect(await first).toEqual(failure);
      expect(here.codes()).toEqual(['visitor-changed']);
      here.signIn('ada');
      expect(call().answers).toEqual([]);
    },
  );

  it.each([null, ''])(
    '%j is nobody: refused at once, without a request, and the former token is gone',
    async (nobody) => {
      const here = site({ named: true });
      call();
      await here.respond();
      here.signIn(nobody);
      expect(call().answers).toEqual([failure]);
      expect(here.codes()).toEqual(['signed-out']);
      expect(here.errors[0]?.message).toMatch(/^Nobody is signed in according to visitor/);
      expect(here.signals).toHaveLength(1);
      here.signIn('ada');
      expect(call().answers).toEqual([]);
    },
  );

  it('who signs out while others wait has them refused by the next call', async () => {
    const here = site({ named: true });
    const first = call();
    here.signIn(null);
    expect(call().answers).toEqual([failure]);
    expect(await first).toEqual(failure);
    expect(here.signals[0]?.aborted).toBe(true);
    expect(here.codes()).toEqual(['signed-out', 'visitor-changed']);
  });

  it('who is given the token of the previous one is refused, and the previous one is not', async () => {
    let signedIn = 'ada';
    const jwt = token();
    const made = bridge({ visitor: () => signedIn, fetchToken: async () => jwt });
    expect(await call()).toEqual([jwt]);
    signedIn = 'ben';
    expect(await call()).toEqual(failure);
    expect(made.errors).toEqual([
      {
        code: 'cached-answer',
        message: expect.stringMatching(/^The token is another visitor's\. .*no-store/),
      },
    ]);
    signedIn = 'ada';
    expect(await call()).toEqual([jwt]);
  });

  it('who is only known to be signed in causes a request every time', async () => {
    const fetch = endpoint(() => answer(token()));
    bridge({ visitor: () => true as unknown as string });
    expect(await call()).toHaveLength(1);
    expect(await call()).toHaveLength(1);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it.each(['false', 7])('whose id is %j causes one request', async (id) => {
    const fetch = endpoint(() => answer(token()));
    bridge({ visitor: () => id as string });
    expect(await call()).toHaveLength(1);
    expect(await call()).toHaveLength(1);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('who is unknown causes a request every time', async () => {
    const here = site({ named: true });
    here.signIn(undefined);
    const first = call();
    await here.respond();
    expect(await first).toHaveLength(1);
    expect(call().answers).toEqual([]);
    expect(here.signals).toHaveLength(2);
  });

  it('who cannot be determined because the site’s function throws is unknown', async () => {
    const fetch = endpoint(() => answer(token()));
    const { errors } = bridge({
      visitor() {
        throw new Error('store is not ready');
      },
    });
    expect(await call()).toHaveLength(1);
    expect(await call()).toHaveLength(1);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(errors).toEqual([]);
  });
});

describe('the page', () => {
  it('that was hidden asks again', async () => {
    const here = site();
    call();
    await here.respond();
    hide('hidden');
    hide('visible');
    expect(call().answers).toEqual([]);
  });

  it('that is hidden while the token is fetched hands it over but does not keep it', async () => {
    const here = site();
    const first = call();
    hide('hidden');
    await here.respond();
    expect(subject(await first)).toBe('ada');
    expect(here.signals[0]?.aborted).toBe(true);
    expect(call().answers).toEqual([]);
  });

  it('that was hidden does not let new callers join an earlier request', async () => {
    const here = site();
    const before = call();
    hide('hidden');
    here.signIn('ben');
    hide('visible');
    const after = [call(), call()];
    await here.respond();
    expect(subject(await before)).toBe('ada');
    expect((await Promise.all(after)).map(subject)).toEqual(['ben', 'ben']);
    expect(call().answers.map(subject)).toEqual(['ben']);
    expect(here.signals).toHaveLength(2);
  });

  it('that was hidden and is left also refuses earlier callers', async () => {
    const here = site();
    const callers = [call()];
    hide('hidden');
    hide('visible');
    callers.push(call());
    here.forgetToken();
    expect(await Promise.all(callers)).toEqual([failure, failure]);
    expect(here.signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(here.codes()).toEqual(['visitor-changed']);
  });

  it('that was hidden and is left refuses an earlier caller, even after a later request has ended', async () => {
    const answers: ((jwt: string) => void)[] = [];
    const made = bridge({ fetchToken: () => new Promise((resolve) => answers.push(resolve)) });
    const before = call();
    hide('hidden');
    hide('visible');
    const after = call();
    answers[1]?.(token());
    expect(await after).toHaveLength(1);
    expect(before.answers).toEqual([]);
    made.forgetToken();
    expect(await before).toEqual(failure);
  });

  it('that becomes visible does not use what it fetched while hidden', async () => {
    hide('hidden');
    const here = site();
    call();
    await here.respond();
    hide('visible');
    expect(call().answers).toEqual([]);
  });

  it('that becomes visible is noticed before the site’s own listener asks, whenever that was added', async () => {
    hide('hidden');
    const here = site();
    const asked: ReturnType<typeof call>[] = [];
    const ask = () => asked.push(call());
    document.addEventListener('visibilitychange', ask);
    call();
    await here.respond();
    hide('visible');
    document.removeEventListener('visibilitychange', ask);
    expect(asked.map(({ answers }) => answers)).toEqual([[]]);
    await here.respond();
    const token = (await asked[0])?.[0];
    expect(token).toBeTypeOf('string');
    expect(call().answers).toEqual([[token]]);
  });

  it('that is left refuses waiting callers, aborts the request and forgets the token', async () => {
    const here = site();
    const first = call();
    window.dispatchEvent(new Event('pagehide'));
    expect(await first).toEqual(failure);
    expect(here.signals[0]?.aborted).toBe(true);
    const second = call();
    await here.respond();
    await second;
    window.dispatchEvent(new Event('pagehide'));
    expect(call().answers).toEqual([]);
  });

  it('that is rewritten with document.open() asks again, and is observed as before', async () => {
    const here = site();
    call();
    await here.respond();
    expect(call().answers).toHaveLength(1);
    const root = document.documentElement;
    document.replaceChild(document.createElement('html'), root);
    const listen = vi.spyOn(window, 'addEventListener');
    expect(call().answers).toEqual([]);
    expect(listen.mock.calls.map(([type]) => type)).toEqual(['visibilitychange', 'pagehide']);
    await here.respond();
    expect(call().answers).toHaveLength(1);
    here.dispose();
    document.replaceChild(root, document.documentElement);
    listen.mockClear();
    await expect(here.getToken()).rejects.toMatchObject({ code: 'disposed' });
    expect(listen).not.toHaveBeenCalled();
    listen.mockRestore();
  });

  it('is observed from the first call on, and no longer after dispose', async () => {
    const added = vi.spyOn(window, 'addEventListener');
    const removed = vi.spyOn(window, 'removeEventListener');
    const here = site();
    const visits = () =>
      added.mock.calls
        .map(([type]) => type)
        .filter((type) => !['load', 'pageshow', 'DOMContentLoaded'].includes(type));
    expect(visits()).toEqual([]);
    const caller = call();
    here.dispose();
    expect(await caller).toEqual(failure);
    expect(visits()).toEqual(['visibilitychange', 'pagehide']);
    expect([...removed.mock.calls].sort()).toEqual([...added.mock.calls].sort());
    vi.restoreAllMocks();
  });
});

it('asks visitor once to identify a visitor, whatever it returns', () => {
  const asked: unknown[] = [];
  const visitor = () => void asked.push(undefined);
  expect(identify(visitor, 0)).toMatch(/^\?/);
  expect(asked).toHaveLength(1);
});
