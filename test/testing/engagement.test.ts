import { type EngagementAnswer, startEngagement } from 'live-assist-bridge/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';

type Callback = (token?: unknown, error?: unknown) => void;

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${part({ alg: 'RS256' })}.${part({ sub: 'guid', given_name: 'Zoë 李' })}.c2lnbmF0dXJl`;

/** Puts globals on the page for one test. */
function given(globals: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
}

const answering = (method: (callback: Callback) => unknown, limit = 200) => {
  given({ authoriseChatWithCallback: method });
  return startEngagement({ limit });
};

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('startEngagement', () => {
  it('hands out the token and its claims', async () => {
    const answer = await answering((callback) => callback(token));
    expect(answer).toEqual({
      outcome: 'authenticated',
      token,
      claims: { sub: 'guid', given_name: 'Zoë 李' },
      waited: 0,
      milliseconds: expect.any(Number),
    });
  });

  it.each([undefined, null])('treats a second argument of %s as none', async (nothing) => {
    expect(await answering((callback) => callback(token, nothing))).toMatchObject({
      outcome: 'authenticated',
    });
  });

  it.each([
    ['Unable to generate key', 'Unable to generate key'],
    ['', ''],
    [0, '0'],
    [false, 'false'],
    [{}, '{}'],
    [{ code: 7, why: 'down' }, '{"code":7,"why":"down"}'],
    [new Error('down'), 'Error: down'],
  ])('treats any other second argument as a refusal, and shows it: %j', async (error, reason) => {
    const answer = await answering((callback) => callback(null, error));
    expect(answer).toMatchObject({ outcome: 'refused', reason, message: `The method refused: "${reason}".` });
  });

  it('says that a token came with the refusal, and does not return the token', async () => {
    const answer = await answering((callback) => callback(token, { of: token }));
    expect(answer).toMatchObject({
      outcome: 'refused',
      reason: '{"of":"(a token)"}',
      message: expect.stringContaining('It also handed over a token'),
    });
    expect(answer).not.toHaveProperty('token');
  });

  it.each<[object, string]>([
    [
      { limt: 5 },
      'startEngagement has no option "limt". It knows methodName, limit, wait, onLateAnswer, onClick.',
    ],
    [{ limit: '5s' }, 'limit is not a number above 0'],
    [{ methodName: 5 }, 'methodName is not text'],
    [{ onLateAnswer: 'log' }, 'onLateAnswer is not a function'],
    [{ wait: -1 }, 'wait is not a number. Give milliseconds, or 0'],
  ])('throws for options that cannot be right: %j', (options, message) => {
    expect(() => startEngagement(options)).toThrow(message);
  });

  it('looks the method up at the click, and calls it on its parent with one argument', async () => {
    const auth = {
      token,
      seen: 0,
      getAuthenticationToken(...args: [Callback]) {
        this.seen = args.length;
        args[0](this.token);
      },
    };
    given({ auth: {} });
    given({ auth });
    const answer = await startEngagement({ methodName: 'auth.getAuthenticationToken' });
    expect(answer.outcome).toBe('authenticated');
    expect(auth.seen).toBe(1);
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /neither a token nor a reason/],
    ['null alone', null, /neither a token nor a reason/],
    ['an object', { access_token: 'secret' }, /type object \(with access_token\)/],
    ['an array', [token], /type array/],
    ['a promise', Promise.resolve(token), /type object/],
    ['a number', 42, /type number/],
    ['a bare object', Object.create(null), /type object/],
    ['an empty string', ' ', /empty string/],
    ['an HTML page', '<!doctype html><title>Log in', /HTML page/],
    ['Bearer', `Bearer ${token}`, /begins with "Bearer "/],
    ['a quoted token', `"${token}"`, /in quotes/],
    ['JSON text', `{"token":"${token}"}`, /JSON text/],
    ['blanks around it', `${token}\n`, /blanks around/],
    ['an opaque token', 'f00', /not a token/],
    ['a payload which is a list', `${part({})}.${part([])}.c2ln`, /not a token/],
    ['a padded payload', 'e30.e30=.c2ln', /not a token/],
  ])('refuses %s by name and quotes none of it', async (_name, value, message) => {
    const answer = await answering((callback) => callback(value));
    expect(answer).toMatchObject({ outcome: 'refused', message: expect.stringMatching(message) });
    expect(answer).not.toHaveProperty('token');
    expect(answer.message).not.toMatch(/secret|eyJ/);
  });

  it('keeps a token in a reason or an exception out of the message', async () => {
    const refused = await answering((callback) => callback(null, `no use for ${token}`));
    const threw = await answering(() => {
      throw new Error(token);
    }, 5);
    expect(JSON.stringify([refused, threw])).not.toContain(token.slice(0, 12));
  });

  it('reports the bridge’s reason', async () => {
    const target = new EventTarget();
    given({
      addEventListener: target.addEventListener.bind(target),
      removeEventListener: target.removeEventListener.bind(target),
    });
    const detail = { code: 'signed-out', message: 'The token endpoint answered 401.' };
    const answer = await answering((callback) => {
      callback(null, 'Unable to generate key');
      target.dispatchEvent(new CustomEvent('live-assist-bridge:error', { detail }));
    });
    expect(answer).toMatchObject({
      outcome: 'refused',
      reason: 'Unable to generate key',
      code: 'signed-out',
      message: expect.stringContaining('The token endpoint answered 401.'),
    });
  });

  describe('when the method is missing', () => {
    it('names the nearest function among the globals', async () => {
      given({ authorizeChatWithCallback: () => {}, authorise: () => {} });
      expect(await startEngagement({ wait: 0 })).toMatchObject({
        outcome: 'method-missing',
        nearest: 'authorizeChatWithCallback',
        message: expect.stringContaining('"authorizeChatWithCallback"'),
      });
    });

    it('names the same function on an object, own or inherited', async () => {
      class Auth {
        authoriseChatWithCallback() {}
      }
      given({ auth: new Auth() });
      expect((await startEngagement({ wait: 0 })).nearest).toBe('auth.authoriseChatWithCallback');
    });

    it('names a function beside the missing one at any depth, and no browser function', async () => {
      given({ shop: { auth: { gett: () => {} } }, CSS: { x: Math.max } });
      expect((await startEngagement({ wait: 0, methodName: 'shop.auth.get' })).nearest).toBe(
        'shop.auth.gett',
      );
      expect(await startEngagement({ wait: 0, methodName: 'Shop.auth.gte' })).not.toHaveProperty('nearest');
      given({ auth: { getToken: (() => {}).bind(null) } });
      expect((await startEngagement({ wait: 0, methodName: 'getToken' })).nearest).toBe('auth.getToken');
    });

    it('does not name a function with a different name', async () => {
      const answer = await startEngagement({ wait: 0 });
      expect(answer).toMatchObject({
        outcome: 'method-missing',
        message: expect.stringContaining('undefined'),
      });
      expect(answer).not.toHaveProperty('nearest');
    });

    it.each([
      ['auth.getToken', { auth: undefined }, 'window.auth is undefined'],
      ['auth.getToken', { auth: null }, 'window.auth is null'],
      ['auth.getToken', { auth: 'secret' }, 'window.auth is of type string'],
      ['auth.getToken', { auth: { getToken: {} } }, 'window.auth.getToken is of type object'],
    ])('says where %s ends: %j', async (methodName, globals, message) => {
      given(globals);
      const answer = await startEngagement({ wait: 0, methodName });
      expect(answer).toMatchObject({ outcome: 'method-missing', message: expect.stringContaining(message) });
      expect(answer.message).not.toContain('secret');
    });

    it('runs no getter while searching for names, and survives a getter that throws on the path', async () => {
      let read = 0;
      const auth = {
        get getTokens() {
          read += 1;
          return () => {};
        },
        get getToken() {
          throw new Error('locked');
        },
      };
      given({ auth });
      expect(await startEngagement({ wait: 0, methodName: 'auth.getToken' })).toMatchObject({
        outcome: 'method-missing',
        message: expect.stringContaining('locked'),
      });
      expect(read).toBe(0);
    });
  });

  describe('when no answer comes', () => {
    it('waits as long as the limit says, by the timers of the page', async () => {
      vi.useFakeTimers();
      const ended = vi.fn();
      given({ authoriseChatWithCallback: () => {} });
      startEngagement().then(ended);
      await vi.advanceTimersByTimeAsync(9_999);
      expect(ended).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(ended).toHaveBeenCalledWith(
        expect.objectContaining({ outcome: 'no-answer', milliseconds: 10_000 }),
      );
    });

    it('does not treat a limit beyond the timers’ range as zero', async () => {
      const answer = await answering((callback) => setTimeout(callback, 20, token), Number.POSITIVE_INFINITY);
      expect(answer.outcome).toBe('authenticated');
    });

    it('says that the method threw', async () => {
      const answer = await answering(() => {
        throw new TypeError('fetch is not a function');
      }, 5);
      expect(answer).toMatchObject({
        outcome: 'no-answer',
        message: expect.stringContaining('TypeError: fetch is not a function'),
      });
    });

    it('says that the token was returned instead', async () => {
      const answer = await answering(async () => token, 5);
      expect(answer).toMatchObject({ outcome: 'no-answer', message: expect.stringContaining('returned') });
      expect(answer.message).not.toContain(token);
    });
  });

  it('still accepts the answer of a method that threw afterwards', async () => {
    const answer = await answering((callback) => {
      callback(token);
      throw new Error('after');
    });
    expect(answer.outcome).toBe('authenticated');
  });

  it.each<[string, (callback: Callback) => unknown]>([
    [
      'at once',
      (callback) => {
        callback(token);
        callback(null, 'Unable to generate key');
      },
    ],
    [
      'from a chain of promises',
      async (callback) => {
        callback(token);
        await null;
        callback(token);
      },
    ],
  ])('notices a second answer %s', async (_name, method) => {
    const answer = await answering(method);
    expect(answer).toMatchObject({
      outcome: 'answered-twice',
      token,
      message: expect.stringContaining('2 times'),
    });
  });

  it('reports answers after the end and lets no listener throw into the method', async () => {
    const late: EngagementAnswer[] = [];
    let callBack: Callback = () => {};
    given({ authoriseChatWithCallback: (callback: Callback) => (callBack = callback) });
    const answer = await startEngagement({ limit: 5, onLateAnswer: (answer) => late.push(answer) });
    expect(answer.outcome).toBe('no-answer');
    callBack(token);
    callBack(null, 'too late');
    await Promise.resolve();
    expect(late).toMatchObject([
      { outcome: 'authenticated', token },
      { outcome: 'refused', reason: 'too late' },
    ]);
  });

  describe('when the method comes late', () => {
    it('waits for it, and says how late it was', async () => {
      setTimeout(() => given({ authoriseChatWithCallback: (callback: Callback) => callback(token) }), 120);
      const answer = await startEngagement();
      expect(answer.outcome).toBe('authenticated');
      expect(answer.waited).toBeGreaterThanOrEqual(100);
    });

    it('finds a dotted name whose objects appear one after the other', async () => {
      setTimeout(() => given({ auth: {} }), 30);
      setTimeout(() => given({ auth: { getToken: (callback: Callback) => callback(token) } }), 90);
      expect((await startEngagement({ methodName: 'auth.getToken' })).outcome).toBe('authenticated');
    });

    it('does not wait if told so', async () => {
      const late = setTimeout(
        () => given({ authoriseChatWithCallback: (callback: Callback) => callback(token) }),
        60,
      );
      expect(await startEngagement({ wait: 0 })).toMatchObject({ outcome: 'method-missing', waited: 0 });
      // Removed, so that the next test does not find it.
      clearTimeout(late);
    });

    it('gives up after the wait, also on a fake clock', async () => {
      vi.useFakeTimers();
      const ended = vi.fn();
      startEngagement({ wait: 3_000 }).then(ended);
      await vi.advanceTimersByTimeAsync(2_900);
      expect(ended).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(200);
      expect(ended).toHaveBeenCalledWith(
        expect.objectContaining({
          outcome: 'method-missing',
          message: expect.stringContaining('at the click, even after 3.0 s'),
        }),
      );
    });

    it('calls onClick before the method is called', async () => {
      const order: string[] = [];
      given({
        authoriseChatWithCallback: (callback: Callback) => {
          order.push('method');
          callback(token);
        },
      });
      await startEngagement({ onClick: () => order.push('click') });
      expect(order).toEqual(['click', 'method']);
    });
  });

  it('keeps the second answer', async () => {
    const answer = await answering((callback) => {
      callback(token);
      callback(null, 'Unable to generate key');
    });
    expect(answer).toMatchObject({
      outcome: 'answered-twice',
      claims: { sub: 'guid' },
      second: { outcome: 'refused', reason: 'Unable to generate key' },
    });
  });
});
