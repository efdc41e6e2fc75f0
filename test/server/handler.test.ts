import { decodeJwt } from 'jose';
import {
  type Contact,
  createDataverseContacts,
  createMinter,
  createTokenHandler,
  DataverseError,
  type TokenAnswer,
  type TokenHandlerOptions,
} from 'live-assist-bridge/server';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { privateKeys } from '../key/key-formats.js';
import { processorTime } from '../support/processor-time.js';

const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const ada: Contact = { id: guid, givenName: 'Ada', familyName: 'Lovelace' };
const mint = await createMinter({ privateKey: privateKeys.pkcs8, issuer: 'www.site.example' });

type Options = TokenHandlerOptions<string>;
const endpoint = (options: Partial<Options> = {}) =>
  createTokenHandler({ mint, visitor: () => 'ada', contact: () => ada, onError: () => {}, ...options });
const request = (init: RequestInit = {}) => new Request('https://www.site.example/live-assist/token', init);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the token endpoint', () => {
  it.each(['GET', 'POST'])('answers %s with the visitor’s token', async (method) => {
    const response = await endpoint()(request({ method }));
    expect(response.status).toBe(200);
    const answer = await response.json();
    expect(Object.keys(answer)).toEqual(['token']);
    expect(decodeJwt(answer.token)).toMatchObject({ sub: guid, given_name: 'Ada' });
  });

  it.each([
    [401, 'signed-out', 'visitor'],
    [403, 'no-contact', 'contact'],
  ] as const)('answers %d %s if %s returns null', async (status, error, name) => {
    for (const answer of [null, Promise.resolve(null)]) {
      const response = await endpoint({ [name]: () => answer })(request());
      expect([response.status, await response.json()]).toEqual([status, { error }]);
    }
  });

  it('asks for the visitor with the whole request, including its cookies', async () => {
    const visitor = vi.fn(() => null);
    const asked = request({ headers: { Cookie: 'session=1' } });
    await endpoint({ visitor })(asked);
    expect(visitor).toHaveBeenCalledExactlyOnceWith(asked, undefined);
  });

  it('asks for the contact of that visitor, with the request and a signal', async () => {
    const contact = vi.fn(() => ada);
    const asked = request();
    await endpoint({ visitor: async () => 'zoe', contact })(asked);
    expect(contact).toHaveBeenCalledExactlyOnceWith('zoe', {
      request: asked,
      context: undefined,
      signal: expect.any(AbortSignal),
    });
  });

  it('does not ask for the contact of a guest', async () => {
    const contact = vi.fn(() => ada);
    await endpoint({ visitor: () => null, contact })(request());
    expect(contact).not.toHaveBeenCalled();
  });

  it('passes the framework’s context on to both questions', async () => {
    const handler = createTokenHandler({
      mint,
      visitor: (_request, context: { session: { user?: string } }) => context.session.user ?? null,
      contact: (user, { context }) => (context.session.user === user ? ada : null),
    });
    expect((await handler(request(), { session: { user: 'ada' } })).status).toBe(200);
    expect((await handler(request(), { session: {} })).status).toBe(401);
  });

  it.each([
    ['a token', {}, {}],
    ['a guest', { visitor: () => null }, {}],
    ['no contact', { contact: () => null }, {}],
    ['a failure', { contact: () => Promise.reject(new Error('down')) }, {}],
    ['a foreign page', {}, { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
    ['a wrong method', {}, { method: 'DELETE' }],
    ['a preflight', {}, { method: 'OPTIONS' }],
  ] as [string, Partial<Options>, RequestInit][])(
    'forbids every cache to keep its answer to %s, and dates it',
    async (_, options, init) => {
      const { headers } = await endpoint(options)(request(init));
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('Vary')).toBe('Cookie, Authorization, Origin');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(Math.abs(Date.parse(headers.get('Date') ?? '') - Date.now())).toBeLessThan(10_000);
    },
  );

  it('answers a framework’s own request class, which may lack a signal or an absolute address', async () => {
    const foreign = (headers: HeadersInit, url = '/live-assist/token') =>
      ({ method: 'GET', url, headers: new Headers(headers) }) as unknown as Request;
    const failing = { contact: () => Promise.reject(new Error('down')) };
    expect((await endpoint()(foreign({}))).status).toBe(200);
    expect((await endpoint(failing)(foreign({}))).status).toBe(500);
    const response = await endpoint()(foreign({ Origin: 'https://www.site.example' }));
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([500, 'no-store']);
  });

  it('answers in folders whose names contain dots or are encoded by browsers', async () => {
    for (const path of ['/v1.2/token', '/my%20shop/token', '/%7Bshop%7d/token/', '/caf%C3%A9/token?a=b.css'])
      expect([path, (await endpoint()(new Request(`https://www.site.example${path}`))).status]).toEqual([
        path,
        200,
      ]);
  });

  it.each([{ method: 'GET', url: '/', headers: { host: 'localhost' } }, {}, undefined])(
    'explains how to mount it if it is given Node’s own request or none: %j',
    async (request) => {
      await expect(endpoint()(request as unknown as Request)).rejects.toThrow(
        /^The token endpoint was not given a Request\. .*getRequestListener/,
      );
    },
  );

  it('answers in JSON, without headers that belong to refusals, and leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { headers } = await endpoint()(request());
    expect(vi.getTimerCount()).toBe(0);
    expect(headers.get('Content-Type')).toBe('application/json');
    expect([headers.get('Allow'), headers.get('Retry-After')]).toEqual([null, null]);
    const preflight = await endpoint()(request({ method: 'OPTIONS' }));
    expect([preflight.status, preflight.headers.get('Allow')]).toEqual([204, 'GET, POST, OPTIONS']);
  });

  it('dates its answer no earlier than the token', async () => {
    vi.useFakeTimers({ now: 1_700_000_000_999, toFake: ['Date'] });
    const slow = async (contact: Contact) => {
      vi.setSystemTime(1_700_000_005_000);
      return mint(contact);
    };
    const response = await endpoint({ mint: slow })(request());
    const { iat = 0 } = decodeJwt((await response.json()).token);
    vi.useRealTimers();
    expect(Date.parse(response.headers.get('Date') ?? '') / 1000).toBeGreaterThanOrEqual(iat);
  });

  it.each([
    ...['/live-assist/token/a.css', '/live-assist/token.css', '/live-assist/token;a.css', '/a.css/'],
    ...['/live-assist/token%2Fa.css', '/live-assist/%74oken', '/static/..%2flive-assist/token'],
    ...['/live-assist/token%3Fa', '/_next/data/4mgAi/live-assist/token.json', '/live-assist/token.json?_=1'],
  ])('answers 404 at %s, which a cache may take for a file', async (path) => {
    const visitor = vi.fn(() => 'ada');
    for (const origin of ['https://www.site.example:8443', '']) {
      const asked = { method: 'GET', url: origin + path, headers: new Headers() } as unknown as Request;
      const response = await endpoint({ visitor })(asked);
      expect([response.status, await response.json()]).toEqual([404, { error: 'not-found' }]);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
    }
    expect(visitor).not.toHaveBeenCalled();
  });

  it('says in the log why such a path is refused, and nothing of the path', async () => {
    const asked = () => new Request('https://www.site.example/eve%0a/token.css?evil');
    const sentence =
      'The path of a request has an extension or an encoded letter, so the token endpoint answered 404: a cache may take it for a file. Use a path without them, and let no proxy rewrite it.';
    const onError = vi.fn();
    await endpoint({ onError })(asked());
    expect(onError.mock.calls).toEqual([[expect.objectContaining({ name: 'PathError', message: sentence })]]);
    const write = vi.spyOn(console, 'error').mockImplementation(() => {});
    await endpoint({ onError: undefined })(asked());
    expect(write.mock.calls).toEqual([[`live-assist-bridge: ${sentence}`]]);
    write.mockRestore();
  });

  it('judges a long path in linear time', async () => {
    const judge = (count: number) =>
      processorTime(async () => {
        for (const text of ['a', '/', '%', '%2', '?', '#', '.', 'http://', 'a+-.', '//'])
          await endpoint({ onError: () => {} })({
            method: 'PUT',
            url: text.repeat(count),
            headers: new Headers(),
          } as unknown as Request);
      });
    await judge(1000);
    const [small, large] = [await judge(20_000), await judge(200_000)];
    // Ten times the text takes about ten times as long. Quadratic time would take a hundred times as long.
    expect(large).toBeLessThan(Math.max(50, small) * 40);
  });

  it.each(['/', '/v1.0/token', '/live-assist/token/', '/caf%C3%A9/token', '/token?_=a.b%2f', '/token#a.b'])(
    'answers at %s, wherever the site mounts it',
    async (path) => {
      const asked = new Request(`https://www.site.example${path}`);
      expect((await endpoint()(asked)).status).toBe(200);
    },
  );

  it.each(['HEAD', 'PUT', 'DELETE', 'PATCH', 'QUERY', 'get-token'])('answers 405 to %s', async (method) => {
    const visitor = vi.fn(() => 'ada');
    const response = await endpoint({ visitor })(request({ method }));
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'GET, POST, OPTIONS']);
    expect(visitor).not.toHaveBeenCalled();
    expect(await response.text()).toBe(method === 'HEAD' ? '' : '{"error":"method-not-allowed"}');
  });
});

describe('a failure of the token endpoint', () => {
  const secret = 'session=5ecr3t';
  const failures: [string, Partial<Options>][] = [
    ['a session that throws', { visitor: () => fail() }],
    ['a session that rejects', { visitor: () => Promise.reject(new Error(secret)) }],
    ['a look-up that throws', { contact: () => fail() }],
    ['a look-up that rejects', { contact: () => Promise.reject(new Error(secret)) }],
    ['a mint that throws', { mint: () => fail() }],
    ['a mint that rejects', { mint: () => Promise.reject(new Error(secret)) }],
    ['a contact without a GUID', { contact: () => ({ id: secret }) }],
  ];
  const fail = (): never => {
    throw new Error(secret);
  };

  it.each(failures)('is a 500 without details: %s', async (_, options) => {
    const response = await endpoint(options)(request());
    expect([response.status, await response.json()]).toEqual([500, { error: 'failed' }]);
    expect(JSON.stringify([...response.headers])).not.toContain(secret);
  });

  it.each(failures)('is reported, once: %s', async (_, options) => {
    const onError = vi.fn();
    await endpoint({ ...options, onError })(request());
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(Error));
  });

  it.each(['down', undefined, null, 0])('passes on what was thrown, whatever it is: %j', async (thrown) => {
    const onError = vi.fn();
    const response = await endpoint({ contact: () => Promise.reject(thrown), onError })(request());
    expect(response.status).toBe(500);
    expect(onError).toHaveBeenCalledExactlyOnceWith(thrown);
  });

  it.each([
    [undefined, 'undefined'],
    [false, 'false'],
    [0, 'a value of type number'],
    ['', 'an empty string'],
  ])('follows if visitor returns %j, which is neither a guest nor a visitor', async (who, shown) => {
    const [onError, contact] = [vi.fn(), vi.fn(() => ada)];
    const visitor = (() => who) as unknown as Options['visitor'];
    expect((await endpoint({ visitor, contact, onError })(request())).status).toBe(500);
    expect(onError.mock.calls[0]?.[0]).toBeInstanceOf(TypeError);
    expect(onError.mock.calls[0]?.[0].message).toMatch(/^visitor returned .*null for a guest/);
    expect(onError.mock.calls[0]?.[0].message).toContain(`visitor returned ${shown}. `);
    expect(contact).not.toHaveBeenCalled();
  });

  it.each([undefined, false, 0, '', 'no-contact', 'ada@site.example', guid])(
    'follows if contact returns %j',
    async (answer) => {
      const onError = vi.fn();
      const lenient = async () => 'a.b.c';
      const contact = (() => answer) as unknown as Options['contact'];
      const response = await endpoint({ contact, mint: lenient, onError })(request());
      expect(response.status).toBe(500);
      expect(onError.mock.calls[0]?.[0]).toBeInstanceOf(TypeError);
      const { message } = onError.mock.calls[0]?.[0] ?? {};
      expect(message).toMatch(/^contact returned .*null if the visitor has no contact/);
      expect(message).not.toContain('@');
    },
  );

  it.each([undefined, '', 1])('follows if mint returns %j', async (token) => {
    const onError = vi.fn();
    const forgetful = (async () => token) as unknown as Options['mint'];
    expect((await endpoint({ mint: forgetful, onError })(request())).status).toBe(500);
    expect(onError.mock.calls[0]?.[0].message).toContain('createMinter');
  });

  it('follows if Dynamics refuses the look-up', async () => {
    const contact = () => Promise.reject(new DataverseError('forbidden', 'Dynamics refuses.'));
    const response = await endpoint({ contact, onError: () => {} })(request());
    expect([response.status, await response.json()]).toEqual([500, { error: 'failed' }]);
  });

  it('is answered even if the report fails, too', async () => {
    for (const onError of [fail, () => Promise.reject(new Error('log full'))])
      expect((await endpoint({ contact: fail, onError })(request())).status).toBe(500);
  });

  it('is answered without waiting for the report', async () => {
    const onError = () => new Promise<void>(() => {});
    expect((await endpoint({ contact: fail, onError })(request())).status).toBe(500);
  });

  it('goes to the console in one line without secrets, if there is no listener', async () => {
    const write = vi.spyOn(console, 'error').mockReturnValue();
    await createTokenHandler({ mint, visitor: () => 'ada', contact: fail })(request());
    expect(write).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/^live-assist-bridge: .*failed \(thrown: Error\)\. .*onError/),
    );
    expect(write.mock.calls.join()).not.toContain(secret);
  });

  it('goes to the console with its message, if it is an error of this package', async () => {
    const write = vi.spyOn(console, 'error').mockReturnValue();
    const contact = () => Promise.reject(new DataverseError('forbidden', 'Dynamics refuses.'));
    await createTokenHandler({ mint, visitor: () => 'ada', contact })(request());
    expect(write).toHaveBeenCalledExactlyOnceWith('live-assist-bridge: Dynamics refuses.');
  });

  it('does not affect other requests', async () => {
    const visitor = async (asked: Request) => (asked.headers.has('X-Fail') ? fail() : 'ada');
    const handler = endpoint({ visitor });
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const response = await handler(request({ headers: index % 2 ? { 'X-Fail': '1' } : {} }));
        return response.status;
      }),
    );
    expect(statuses).toEqual(statuses.map((_, index) => (index % 2 ? 500 : 200)));
  });
});

describe('the time limit of the token endpoint', () => {
  const never = () => new Promise<never>(() => {});
  const lasting = <T>(milliseconds: number, value: T) =>
    new Promise<T>((resolve) => setTimeout(resolve, milliseconds, value));

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What the endpoint answers once so much time has passed. */
  const answerAfter = async (milliseconds: number, options: Partial<Options>) => {
    const answer = endpoint(options)(request());
    await vi.advanceTimersByTimeAsync(milliseconds);
    return answer;
  };

  it.each([
    ['visitor', { visitor: never }],
    ['contact', { contact: never }],
    ['mint', { mint: never }],
  ] as [string, Partial<Options>][])('ends in 503 and blames %s', async (name, options) => {
    const onError = vi.fn();
    const response = await answerAfter(100, { ...options, timeout: 100, onError });
    expect([response.status, await response.json()]).toEqual([503, { error: 'timeout' }]);
    expect(response.headers.get('Retry-After')).toBe('1');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'TimeoutError' }));
    expect(onError.mock.calls[0]?.[0].message).toMatch(new RegExp(`^${name} .*100 ms`));
  });

  it('also ends in 503 if the look-up’s own limit ends first', async () => {
    const contacts = createDataverseContacts({
      url: 'https://contoso.crm4.dynamics.com',
      accessToken: () => 'of-the-application-user',
      timeout: 100,
      fetch: never,
    });
    const contact: Options['contact'] = (visitor, { signal }) =>
      contacts.byEmail(`${visitor}@a.example`, { signal });
    const onError = vi.fn();
    const response = await answerAfter(200, { contact, timeout: 6000, onError });
    expect([response.status, await response.json()]).toEqual([503, { error: 'timeout' }]);
    expect(response.headers.get('Retry-After')).toBe('1');
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'timeout' }));
  });

  it('covers all three functions together', async () => {
    const slow = { visitor: () => lasting(300, 'ada'), contact: () => lasting(300, ada) };
    expect((await answerAfter(600, { ...slow, timeout: 599 })).status).toBe(503);
    expect((await answerAfter(600, { ...slow, timeout: 601 })).status).toBe(200);
  });

  it('aborts the look-up’s signal, and ignores its rejection', async () => {
    const onError = vi.fn();
    let aborted = false;
    const contact: Options['contact'] = (_, { signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(signal.reason);
        });
      });
    expect((await answerAfter(100, { contact, timeout: 100, onError })).status).toBe(503);
    expect(aborted).toBe(true);
    expect(onError).toHaveBeenCalledOnce();
  });

  it('starts no look-up after it', async () => {
    const contact = vi.fn(() => ada);
    const response = await answerAfter(250, { visitor: () => lasting(200, 'ada'), contact, timeout: 100 });
    expect(response.status).toBe(503);
    expect(contact).not.toHaveBeenCalled();
  });

  it('mints no token after it', async () => {
    const minted = vi.fn(mint);
    const response = await answerAfter(250, { contact: () => lasting(200, ada), mint: minted, timeout: 100 });
    expect(response.status).toBe(503);
    expect(minted).not.toHaveBeenCalled();
  });

  it('still answers 500 for the site’s own timeout error', async () => {
    const contact = () => Promise.reject(new DOMException('The site’s own.', 'TimeoutError'));
    expect((await endpoint({ contact })(request())).status).toBe(500);
  });
});

describe('a client that disconnects', () => {
  it('ends the look-up, is answered with 499, and is not reported as an error', async () => {
    const client = new AbortController();
    const [onAnswer, onError] = [vi.fn(), vi.fn()];
    let reason: unknown;
    const contact: Options['contact'] = (_, { signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          reject(new Error('The look-up was ended.'));
        });
        client.abort('gone');
      });
    const response = await endpoint({ contact, onAnswer, onError })(request({ signal: client.signal }));
    expect(response.status).toBe(499);
    expect(reason).toBe('gone');
    expect(onAnswer).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ status: 499, refusal: 'client-left' }),
    );
    expect(onError).not.toHaveBeenCalled();
  });

  it('before anything was asked causes no work', async () => {
    const visitor = vi.fn(() => 'ada');
    const response = await endpoint({ visitor })(request({ signal: AbortSignal.abort() }));
    expect(response.status).toBe(499);
    expect(visitor).not.toHaveBeenCalled();
  });
});

describe('onAnswer', () => {
  const answers: [string, Partial<Options>, RequestInit, Partial<TokenAnswer>][] = [
    ['a token', {}, {}, { status: 200, contactId: guid }],
    ['a guest', { visitor: () => null }, {}, { status: 401, refusal: 'signed-out' }],
    ['no contact', { contact: () => null }, {}, { status: 403, refusal: 'no-contact' }],
    [
      'a foreign page',
      {},
      { headers: { Origin: 'https://evil.example' } },
      { status: 403, refusal: 'foreign-origin' },
    ],
    ['a wrong method', {}, { method: 'DELETE' }, { status: 405, refusal: 'method-not-allowed' }],
    ['a preflight', {}, { method: 'OPTIONS' }, { status: 204 }],
    [
      'a failure',
      { visitor: () => Promise.reject(new Error('down')) },
      {},
      { status: 500, refusal: 'failed' },
    ],
    [
      'a failure to sign',
      { mint: () => Promise.reject(new Error('vault')) },
      {},
      { status: 500, refusal: 'failed', contactId: guid },
    ],
    [
      'a time-out',
      { contact: () => new Promise(() => {}), timeout: 100 },
      {},
      { status: 503, refusal: 'timeout' },
    ],
  ];

  it.each(answers)('receives %s, and nothing else', async (_, options, init, expected) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const told: TokenAnswer[] = [];
    const asked = endpoint({ ...options, onAnswer: (answer) => told.push(answer) })(request(init));
    await vi.advanceTimersByTimeAsync(100);
    const response = await asked;
    vi.useRealTimers();
    expect(told).toEqual([{ ...expected, milliseconds: expect.any(Number) }]);
    expect(told[0]?.status).toBe(response.status);
    expect(told[0]?.milliseconds).toBeGreaterThanOrEqual(0);
  });

  it('names the contact as the token does', async () => {
    const onAnswer = vi.fn();
    await endpoint({ contact: () => ({ id: `{${guid.toUpperCase()}}` }), onAnswer })(request());
    expect(onAnswer.mock.calls[0]?.[0].contactId).toBe(guid);
  });

  it('names no contact whose id is not a GUID', async () => {
    const onAnswer = vi.fn();
    await endpoint({ contact: () => ({ id: 'ada@site.example' }), onAnswer })(request());
    expect(JSON.stringify(onAnswer.mock.calls)).not.toContain('ada@site.example');
  });

  it('measures how long the answer took', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const onAnswer = vi.fn();
    const visitor = async () => {
      vi.advanceTimersByTime(120);
      return null;
    };
    await endpoint({ visitor, onAnswer })(request());
    vi.useRealTimers();
    expect(onAnswer.mock.calls[0]?.[0].milliseconds).toBe(120);
  });

  it('is called before the answer is returned', async () => {
    const order: string[] = [];
    await endpoint({ onAnswer: () => order.push('told') })(request()).then(() => order.push('returned'));
    expect(order).toEqual(['told', 'returned']);
  });

  it.each([
    ['throws', () => fail()],
    ['rejects', () => Promise.reject(new Error('log full'))],
    ['never settles', () => new Promise(() => {})],
  ])('changes no answer if it %s', async (_, onAnswer) => {
    const onError = vi.fn();
    expect((await endpoint({ onAnswer, onError })(request())).status).toBe(200);
    expect(onError).not.toHaveBeenCalled();
  });

  const fail = (): never => {
    throw new Error('log full');
  };
});

describe('createTokenHandler', () => {
  it.each(['mint', 'visitor', 'contact', 'onAnswer', 'onError'])('requires %s to be a function', (name) => {
    expect(() => endpoint({ [name]: 'x' })).toThrow(`The option ${name} is not a function.`);
  });

  it.each(['mint', 'visitor', 'contact'])('requires %s', (name) => {
    expect(() => endpoint({ [name]: undefined })).toThrow(`The option ${name} is not a function.`);
  });

  it.each([100, 60_000])('accepts a timeout of %i', (timeout) => {
    expect(() => endpoint({ timeout })).not.toThrow();
  });

  it.each([0, 99, 60_001, Number.NaN, Number.POSITIVE_INFINITY, '6000', null])(
    'refuses a timeout of %j',
    (timeout) => {
      expect(() => endpoint({ timeout: timeout as number })).toThrow(/timeout .*milliseconds/);
    },
  );

  it('treats undefined as an option that is not given', async () => {
    const options = { timeout: undefined, allowedOrigins: undefined, onAnswer: undefined };
    expect((await endpoint(options)(request())).status).toBe(200);
  });

  it('refuses an unknown option, and names the known ones', () => {
    const options = { mint, visitor: () => 'ada', contact: () => ada, allowedOrigin: 'https://shop.example' };
    expect(() => createTokenHandler(options)).toThrow(
      /^createTokenHandler does not know the option "allowedOrigin"\. .*allowedOrigins/,
    );
  });

  it('returns a function that mounts as it is', () => {
    expectTypeOf(endpoint()).toExtend<(request: Request) => Promise<Response>>();
    // Next passes the route's parameters, Workers pass their environment.
    expectTypeOf(endpoint()).toExtend<
      (request: Request, context: { params: Promise<object> }) => Promise<Response>
    >();
  });
});

describe('the types of createTokenHandler', () => {
  interface Visitor {
    email: string;
  }
  const visitorOf = async (request: Request): Promise<Visitor | null> => ({ email: request.url });
  const byEmail = async (_email: string): Promise<Contact | null> => null;

  it('infer the visitor if visitor comes first', () => {
    createTokenHandler({ mint, visitor: visitorOf, contact: (visitor) => byEmail(visitor.email) });
    createTokenHandler({
      mint,
      visitor: (request) => visitorOf(request),
      contact: ({ email }) => byEmail(email),
    });
    createTokenHandler({
      mint,
      visitor: (request) => visitorOf(request),
      // @ts-expect-error there is no such property
      contact: (visitor) => byEmail(visitor.mail),
    });
  });

  it('infer the visitor if contact comes first', () => {
    createTokenHandler({ mint, contact: (visitor) => byEmail(visitor.email), visitor: visitorOf });
    createTokenHandler({
      mint,
      contact: ({ email }) => byEmail(email),
      visitor: (request: Request) => visitorOf(request),
    });
    createTokenHandler({
      mint,
      contact: (visitor: Visitor) => byEmail(visitor.email),
      visitor: (request) => visitorOf(request),
    });
    createTokenHandler({
      mint,
      // @ts-expect-error there is no such property
      contact: (visitor) => byEmail(visitor.mail),
      visitor: visitorOf,
    });
  });

  it('infer the context, which must then be given', () => {
    const handler = createTokenHandler({
      mint,
      visitor: (_request, context: { user: Visitor | null }) => context.user,
      contact: (visitor, { context }) => byEmail(context.user?.email ?? visitor.email),
    });
    expectTypeOf<Parameters<typeof handler>>().toEqualTypeOf<
      [request: Request, context: { user: Visitor | null }]
    >();
    const other = createTokenHandler({
      mint,
      contact: (visitor, { context }) => byEmail(context.user?.email ?? visitor.email),
      visitor: (_request: Request, context: { user: Visitor | null }) => context.user,
    });
    expectTypeOf(other).toEqualTypeOf(handler);
    const optional = createTokenHandler({
      mint,
      visitor: (request, context?: { user: Visitor | null }) => context?.user ?? visitorOf(request),
      contact: (visitor) => byEmail(visitor.email),
    });
    expectTypeOf<[Request]>().toExtend<Parameters<typeof optional>>();
  });

  it('refuse a forgotten return and undefined', () => {
    // @ts-expect-error a forgotten return
    createTokenHandler({ mint, visitor: async () => {}, contact: () => ada });
    // @ts-expect-error undefined is not a guest
    createTokenHandler({ mint, visitor: async () => [ada].at(0), contact: () => ada });
    // @ts-expect-error undefined is not a guest
    createTokenHandler({ mint, visitor: () => visitorOf.name as string | undefined, contact: () => ada });
    // @ts-expect-error a forgotten return
    createTokenHandler({ mint, visitor: visitorOf, contact: async () => {} });
    // @ts-expect-error undefined is not "no contact"
    createTokenHandler({ mint, visitor: visitorOf, contact: () => [ada].at(0) });
    // @ts-expect-error the word of an earlier edition
    createTokenHandler({ mint, visitor: visitorOf, contact: () => 'no-contact' });
  });

  it('accept a visitor of any type', () => {
    createTokenHandler({ mint, visitor: () => 7, contact: (visitor) => byEmail(visitor.toFixed()) });
    createTokenHandler({ mint, visitor: () => null, contact: () => null });
  });
});
