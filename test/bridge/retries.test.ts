// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { answer, bridge, call, endpoint, failure, token, tokenEndpoint } from './site.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const fails = () => {
  throw new TypeError('Failed to fetch');
};
const good = () => answer(token());

describe('a failure whose body never ends', () => {
  it.each([
    [404, 'endpoint-failed'],
    [401, 'signed-out'],
  ])('is reported at once: %i', async (status, code) => {
    endpoint(() => new Response(new ReadableStream(), { status }));
    const { codes } = bridge();
    const caller = call();
    await pass(50);
    expect(caller.answers).toEqual([failure]);
    expect(codes()).toEqual([code]);
  });
});

describe('a passing failure', () => {
  it.each([
    ['GET', 'a network error', fails],
    ['POST', 'a network error', fails],
    [
      'GET',
      'a body that breaks off',
      () => new Response(new ReadableStream({ pull: (body) => body.error(new TypeError('reset')) })),
    ],
    ...[408, 429, 500, 502, 503, 504, 520, 599].map(
      (status) => ['GET', `${status}`, () => answer('', status)] as const,
    ),
    ['POST', '503', () => answer('', 503)],
  ] as const)('is retried: %s, %s', async (httpMethod, _, failing) => {
    const fetch = endpoint(failing, good);
    const { errors } = bridge({ httpMethod });
    const caller = call();
    await pass(600);
    expect(caller.answers).toEqual([[expect.any(String)]]);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(errors).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('whose Retry-After fits the budget does not refuse the next call', async () => {
    const fetch = endpoint(() => answer('', 503, { 'Retry-After': '1' }));
    bridge();
    const caller = call();
    await pass(4000);
    expect(caller.answers).toEqual([failure]);
    expect(fetch).toHaveBeenCalledTimes(3);
    call();
    await pass(10);
    expect(fetch).toHaveBeenCalledTimes(4);
  });

  it.each([
    ['network', undefined, fails],
    ['endpoint-failed', 500, () => answer('', 500)],
    ['endpoint-failed', 408, () => answer('', 408)],
    ['rate-limited', 429, () => answer('', 429)],
  ] as const)('is given up after two retries: %s', async (code, status, failing) => {
    const fetch = endpoint(failing);
    const made = bridge();
    const caller = call();
    const outcome = made.getToken().catch((error) => error);
    await pass(8000);
    expect(fetch).toHaveBeenCalledTimes(3);
    expect(caller.answers).toEqual([failure]);
    expect(await outcome).toMatchObject({ code, status });
    expect(made.codes()).toEqual([code]);
  });

  it('is retried with growing, randomised pauses', async () => {
    const pauses = [];
    for (const luck of [0, 1]) {
      vi.spyOn(Math, 'random').mockReturnValue(luck);
      const times: number[] = [];
      endpoint(() => {
        times.push(performance.now());
        return answer('', 500);
      });
      const made = bridge();
      call();
      await pass(8000);
      made.dispose();
      pauses.push(times.slice(1).map((time, index) => Math.round(time - (times[index] ?? 0))));
    }
    vi.restoreAllMocks();
    expect(pauses).toEqual([
      [300, 600],
      [600, 1200],
    ]);
  });

  it('is not retried when the pause would outlast the budget, and then keeps its own code', async () => {
    const fetch = endpoint(() => answer('', 500));
    const { codes } = bridge({ timeout: 250 });
    expect(await call()).toEqual(failure);
    expect(fetch).toHaveBeenCalledOnce();
    expect(codes()).toEqual(['endpoint-failed']);
  });

  it('is not retried once nobody waits any more', async () => {
    const fetch = endpoint(() => answer('', 500));
    const made = bridge();
    const caller = call();
    await pass(100);
    made.forgetToken();
    expect(await caller).toEqual(failure);
    await pass(8000);
    expect(fetch).toHaveBeenCalledOnce();
    expect(made.codes()).toEqual(['visitor-changed']);
  });

  it('is not retried once nobody waits, if AbortSignal.any is missing', async () => {
    const { any } = AbortSignal;
    Reflect.deleteProperty(AbortSignal, 'any');
    onTestFinished(() => {
      AbortSignal.any = any;
    });
    vi.resetModules();
    const { createBridge } = await import('live-assist-bridge');
    const fetch = endpoint(() => answer('', 500));
    const made = createBridge({ tokenEndpoint, onError: () => {} });
    const caller = call();
    await pass(100);
    made.dispose();
    expect(await caller).toEqual(failure);
    await pass(8000);
    const [, ...later] = fetch.mock.calls;
    expect(later.map(([request]) => request.signal.aborted)).toEqual(later.map(() => true));
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a fetch of the page’s own', () => {
  it('may add headers to the given ones, on every attempt', async () => {
    const seen: HeadersInit[] = [];
    const answers = [answer('', 503, { 'Retry-After': '0' }), answer(token())];
    vi.stubGlobal('fetch', async (address: string, { headers }: { headers: Record<string, string> }) => {
      expect(address).toBe(tokenEndpoint);
      seen.push({ ...headers });
      headers['X-Seen'] = 'yes';
      return answers.shift();
    });
    bridge({ headers: { 'X-Site': 'shop' } });
    const caller = call();
    await pass(1000);
    expect(await caller).toHaveLength(1);
    expect(seen).toHaveLength(2);
    for (const headers of seen)
      expect(headers).toEqual({
        accept: expect.stringContaining('application/json'),
        'x-requested-with': 'XMLHttpRequest',
        'x-site': 'shop',
      });
  });

  it.each([undefined, () => 7, () => ({ status: 200 })])('that is %s is named', async (own) => {
    vi.stubGlobal('fetch', own);
    const { errors } = bridge();
    expect(await call()).toEqual(failure);
    expect(errors).toEqual([
      { code: 'network', message: expect.stringMatching(/^The function fetch of this page/) },
    ]);
  });

  it('that throws undefined is a network error', async () => {
    vi.stubGlobal('fetch', () => Promise.reject());
    const { codes } = bridge();
    const caller = call();
    await pass(8000);
    expect(await caller).toEqual(failure);
    expect(codes()).toEqual(['network']);
  });

  it('is not called again for a former visitor, even if it ignores the signal', async () => {
    let visitor = 'ada';
    const fetch = vi.fn(async () => {
      visitor = 'ben';
      return answer('', 503, { 'Retry-After': '0' });
    });
    vi.stubGlobal('fetch', fetch);
    const { codes } = bridge({ visitor: () => visitor });
    const caller = call();
    await pass(8000);
    expect(await caller).toEqual(failure);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(codes()).toEqual(['visitor-changed']);
  });
});

describe('Retry-After', () => {
  it.each([
    ['seconds', () => '3'],
    ['a date', () => new Date(Date.now() + 3000).toUTCString()],
  ])('in %s is waited for when the budget allows it', async (_, value) => {
    vi.setSystemTime(1_800_000_000_000);
    const fetch = endpoint(() => answer('', 429, { 'Retry-After': value() }), good);
    bridge();
    const caller = call();
    await pass(2999);
    expect(fetch).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(caller.answers).toEqual([[expect.any(String)]]);
  });

  it('as a date is read by the endpoint’s clock, not by the visitor’s', async () => {
    const serverNow = Date.now() - 86_400_000;
    const dates = {
      Date: new Date(serverNow).toUTCString(),
      'Retry-After': new Date(serverNow + 2000).toUTCString(),
    };
    endpoint(() => answer('', 503, dates), good);
    bridge();
    const caller = call();
    await pass(1999);
    expect(caller.answers).toEqual([]);
    await pass(1);
    expect(caller.answers).toHaveLength(1);
  });

  it.each([
    ['rate-limited', 429, '3600', 60_000],
    ['endpoint-failed', 503, '30', 30_000],
  ])(
    'beyond the budget refuses the calls after it as %s until it has passed',
    async (code, status, after, length) => {
      const fetch = endpoint(() => answer('', status, { 'Retry-After': after }), good);
      const made = bridge();
      expect(await call()).toEqual(failure);
      expect(await call()).toEqual(failure);
      await pass(length - 10);
      await expect(made.getToken()).rejects.toMatchObject({ code, status });
      expect(fetch).toHaveBeenCalledTimes(1);
      expect(made.codes()).toEqual([code, code, code]);
      await pass(10);
      expect(await call()).toEqual([expect.any(String)]);
    },
  );

  it('beyond the budget does not hold for another visitor', async () => {
    let visitor = 'ada';
    const fetch = endpoint(() => answer('', 429, { 'Retry-After': '30' }), good);
    bridge({ visitor: () => visitor });
    expect(await call()).toEqual(failure);
    expect(await call()).toEqual(failure);
    expect(fetch).toHaveBeenCalledTimes(1);
    visitor = 'ben';
    expect(await call()).toEqual([expect.any(String)]);
  });

  it('may hold fractions of seconds', async () => {
    const fetch = endpoint(
      () => answer('', 429, { 'Retry-After': '1.5' }),
      () => answer(token()),
    );
    bridge();
    const caller = call();
    await pass(1499);
    expect(fetch).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(await caller).toHaveLength(1);
  });

  it.each(['soon', '-5', '1e9', ''])('that says %j is not obeyed', async (value) => {
    const fetch = endpoint(() => answer('', 503, { 'Retry-After': value }), good);
    bridge();
    const caller = call();
    await pass(600);
    expect(caller.answers).toEqual([[expect.any(String)]]);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('has no effect in a final answer', async () => {
    const fetch = endpoint(() => answer('', 401, { 'Retry-After': '3600' }), good);
    bridge();
    expect(await call()).toEqual(failure);
    expect(await call()).toEqual([expect.any(String)]);
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});
