// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, bridge, call, endpoint, failure, token } from './site.js';

const day = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The visitor's wall clock jumps, but no time passes. */
const turnClock = (by: number) => vi.setSystemTime(Date.now() + by);
/** Time passes. With `slept`, the monotonic clock stops meanwhile. */
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

/** An endpoint with a clock of its own, `ahead` milliseconds of the visitor's at this moment. */
function server({ ahead = 0, life = 7200, dated = true, issued = 0 } = {}) {
  let skew = ahead;
  const serverNow = () => Date.now() + skew;
  const fetch = endpoint(() => {
    const iat = Math.floor(serverNow() / 1000) - issued;
    const body = token({ iat, exp: iat + life });
    return dated ? answer(body, 200, { Date: new Date(serverNow()).toUTCString() }) : new Response(body);
  });
  return Object.assign(fetch, {
    turnVisitorsClock(by: number) {
      turnClock(by);
      skew -= by;
    },
  });
}

describe('a kept token', () => {
  it('is handed over at once, without a request, until the margin before its end', async () => {
    const fetch = server({ life: 7200 });
    bridge();
    const first = await call();
    await pass(7138);
    const again = call();
    expect(again.answers).toEqual([first]);
    await pass(3);
    const renewed = await call();
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(renewed).not.toEqual(first);
  });

  it('has the margin that the site chooses', async () => {
    const fetch = server({ life: 7200 });
    bridge({ expiryMargin: 600 });
    await call();
    await pass(6598);
    await call();
    expect(fetch).toHaveBeenCalledTimes(1);
    await pass(3);
    await call();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('of seven seconds, as the specification’s sample mints it, serves half of them', async () => {
    const fetch = server({ life: 7.2 });
    const { errors } = bridge();
    await call();
    await pass(3.5);
    await call();
    expect(fetch).toHaveBeenCalledTimes(1);
    await pass(0.2);
    await call();
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(errors).toEqual([]);
  });

  it('is not aged by the retries before it came', async () => {
    let calls = 0;
    const fetch = endpoint(() => {
      calls += 1;
      const iat = Date.now() / 1000;
      return calls === 1
        ? answer('', 503, { 'Retry-After': '5' })
        : new Response(token({ iat, exp: iat + 7.2 }));
    });
    bridge();
    const first = call();
    await pass(6);
    await first;
    await pass(2);
    await call();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('is aged by the time its answer took', async () => {
    const fetch = endpoint(async () => {
      const body = token({ iat: Date.now() / 1000, exp: Date.now() / 1000 + 20 });
      await pass(7);
      return new Response(body);
    });
    bridge();
    await call();
    await pass(4);
    await call();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('is not renewed automatically', async () => {
    const fetch = server({ life: 60 });
    bridge();
    await call();
    await pass(86_400);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the server’s time', () => {
  it.each([
    ['a day ahead', -day, true],
    ['a day behind', day, true],
    ['a day ahead, no Date to read', -day, false],
    ['a day behind, no Date to read', day, false],
    ['five seconds behind', 5000, true],
    ['five seconds behind, no Date to read', 5000, false],
  ])('is what counts for a visitor whose clock is %s', async (_, ahead, dated) => {
    const fetch = server({ ahead, dated });
    const { errors } = bridge();
    await call();
    await pass(7130);
    const late = await call();
    expect(fetch).toHaveBeenCalledTimes(1);
    await pass(12);
    expect(await call()).not.toEqual(late);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(errors).toEqual([]);
  });

  it.each([
    ['its Date header', true],
    ['the visitor’s clock, where there is no Date to read', false],
  ])('shortens the life of a token that the site had cached, by %s', async (_, dated) => {
    const fetch = server({ issued: 7000, dated });
    bridge();
    await call();
    await pass(98);
    await call();
    expect(fetch).toHaveBeenCalledTimes(1);
    await pass(50);
    await call();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('refuses a token that the site had cached for too long', async () => {
    server({ issued: 7201 });
    const { codes } = bridge();
    expect(await call()).toEqual(failure);
    expect(codes()).toEqual(['token-expired']);
  });

  it('advances for a token seen before, if nothing else shows the time', async () => {
    vi.setSystemTime(Date.now() + day);
    const iat = (Date.now() - day) / 1000;
    const jwt = token({ iat, exp: iat + 600 });
    const fetch = endpoint(() => new Response(jwt));
    const { codes } = bridge();
    expect(await call()).toEqual([jwt]);
    await pass(590);
    expect(await call()).toEqual([jwt]);
    await pass(11);
    expect(await call()).toEqual(failure);
    expect(codes()).toEqual(['token-expired']);
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  it('is the Date header’s for a token seen before, after the visitor’s clock was corrected', async () => {
    const server = Date.now();
    vi.setSystemTime(server - day);
    const jwt = token({ iat: server / 1000, exp: server / 1000 + 600 });
    endpoint(() => answer(jwt, 200, { Date: new Date(server).toUTCString() }));
    const { errors } = bridge();
    await call();
    vi.setSystemTime(server);
    expect(await call()).toEqual([jwt]);
    expect(errors).toEqual([]);
  });

  it('is the time of issue when the Date header lags behind it', async () => {
    const fetch = endpoint(() => {
      const iat = Date.now() / 1000;
      return answer(token({ iat, exp: iat + 100 }), 200, { Date: new Date(Date.now() - day).toUTCString() });
    });
    bridge();
    await call();
    await pass(51);
    await call();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('is the time of issue when the Date header says nothing', async () => {
    endpoint(() => answer(token(), 200, { Date: 'yesterday' }));
    const { errors } = bridge();
    expect(await call()).not.toEqual(failure);
    expect(errors).toEqual([]);
  });
});

describe('elapsed time', () => {
  it('advances when the visitor’s clock is set back', async () => {
    const fetch = server({ life: 600 });
    bridge();
    await call();
    fetch.turnVisitorsClock(-3 * day);
    await pass(541);
    await call();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('advances while the machine sleeps and only the wall clock runs', async () => {
    const fetch = server({ life: 3600 });
    bridge();
    await call();
    turnClock(3_600_000);
    await call();
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});

describe('a token that arrives again without a readable Date', () => {
  const repeated = () => {
    const jwt = token();
    return bridge({ fetchToken: async () => jwt, expiryMargin: 0 });
  };

  it.each([0, 3600])('is found to have expired even if the clock is %i s slow', async (slow) => {
    const made = repeated();
    turnClock(-slow * 1000);
    expect(await call()).toHaveLength(1);
    await pass(7300);
    expect(await call()).toEqual(failure);
    expect(made.codes()).toEqual(['token-expired']);
  });

  it('is found to have expired while the machine slept', async () => {
    const made = repeated();
    await call();
    turnClock(7_300_000);
    expect(await call()).toEqual(failure);
    expect(made.codes()).toEqual(['token-expired']);
  });

  it('is accepted until it expires, however long the page has been open', async () => {
    const made = repeated();
    await pass(3000);
    const first = await call();
    made.forgetToken();
    expect(await call()).toEqual(first);
    expect(first).toHaveLength(1);
  });

  it('is accepted if the clock has been corrected meanwhile', async () => {
    repeated();
    turnClock(-3 * 3_600_000);
    const first = await call();
    turnClock(3 * 3_600_000);
    expect(await call()).toEqual(first);
    expect(await call()).toHaveLength(1);
  });
});

describe('the budget', () => {
  it.each([100, 8000, 9500])('of %i ms ends the request and answers everyone who waits', async (timeout) => {
    const signals: AbortSignal[] = [];
    const { codes } = bridge({
      timeout,
      fetchToken: (signal) => {
        signals.push(signal);
        return new Promise(() => {});
      },
    });
    const callers = [call(), call()];
    await vi.advanceTimersByTimeAsync(timeout - 1);
    expect(callers.flatMap(({ answers }) => answers)).toEqual([]);
    expect(signals[0]?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(callers.map(({ answers }) => answers)).toEqual([[failure], [failure]]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(codes()).toEqual(['timeout']);
  });

  it('is shared by a caller who joins late', async () => {
    bridge({ timeout: 5000, fetchToken: () => new Promise(() => {}) });
    call();
    await pass(4.5);
    const late = call();
    await pass(0.5);
    expect(late.answers).toEqual([failure]);
  });

  it('covers a body that stalls after its headers', async () => {
    endpoint(
      () => new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([123])) })),
    );
    const { codes } = bridge({ timeout: 1000 });
    const caller = call();
    await pass(1);
    expect(caller.answers).toEqual([failure]);
    expect(codes()).toEqual(['timeout']);
  });

  it('covers headers() that never settles', async () => {
    endpoint(() => answer(token()));
    const { codes } = bridge({ timeout: 1000, headers: () => new Promise(() => {}) });
    const caller = call();
    await pass(1);
    expect(caller.answers).toEqual([failure]);
    expect(codes()).toEqual(['timeout']);
  });

  it('neither delivers nor keeps what arrives later', async () => {
    let arrive: (jwt: string) => void = () => {};
    let asked = 0;
    const late = token({ sub: 'late' });
    bridge({
      timeout: 1000,
      fetchToken: () => {
        asked += 1;
        return new Promise((resolve) => {
          arrive = resolve;
        });
      },
    });
    const caller = call();
    await pass(1);
    arrive(late);
    await pass(1);
    expect(caller.answers).toEqual([failure]);
    const next = call();
    expect(next.answers).toEqual([]);
    expect(asked).toBe(2);
    const fresh = token();
    arrive(fresh);
    expect(await next).toEqual([fresh]);
  });

  it('ends while the machine sleeps, even though its monotonic clock stops', async () => {
    let wake: (jwt: string) => void = () => {};
    const { codes } = bridge({
      fetchToken: () =>
        new Promise((resolve) => {
          wake = resolve;
        }),
    });
    const jwt = token();
    const caller = call();
    turnClock(5 * 3_600_000);
    wake(jwt);
    expect(await caller).toEqual(failure);
    expect(codes()).toEqual(['timeout']);
  });

  it('ends on time in a page too busy to run its timer', async () => {
    bridge({
      timeout: 1000,
      fetchToken: async () => {
        const jwt = token();
        vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1001);
        return jwt;
      },
    });
    expect(await call()).toEqual(failure);
    vi.restoreAllMocks();
  });
});
