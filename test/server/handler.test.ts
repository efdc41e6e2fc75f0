import { decodeJwt } from 'jose';
import {
  type Contact,
  createMinter,
  createTokenHandler,
  type TokenHandlerOptions,
} from 'live-assist-bridge/server';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { privateKeys } from '../key/key-formats.js';

const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const ada: Contact = { id: guid, givenName: 'Ada', familyName: 'Lovelace' };
const mint = await createMinter({ privateKey: privateKeys.pkcs8, issuer: 'www.site.example' });

const endpoint = (options: Partial<TokenHandlerOptions> = {}) =>
  createTokenHandler({ mint, contact: () => ada, onError: () => {}, ...options });
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
    [401, 'signed-out', null],
    [403, 'no-contact', 'no-contact'],
  ] as const)('answers %d %s', async (status, error, contact) => {
    for (const answer of [contact, Promise.resolve(contact)]) {
      const response = await endpoint({ contact: () => answer })(request());
      expect([response.status, await response.json()]).toEqual([status, { error }]);
    }
  });

  it('gives the look-up the request, cookies and all', async () => {
    const contact = vi.fn(() => null);
    const asked = request({ headers: { Cookie: 'session=1' } });
    await endpoint({ contact })(asked);
    expect(contact).toHaveBeenCalledExactlyOnceWith(asked);
  });

  it.each([
    ['a token', {}, {}],
    ['nobody', { contact: () => null }, {}],
    ['no contact', { contact: () => 'no-contact' }, {}],
    ['a failure', { contact: () => Promise.reject(new Error('down')) }, {}],
    ['a foreign page', {}, { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
    ['a wrong method', {}, { method: 'DELETE' }],
    ['a preflight', {}, { method: 'OPTIONS' }],
  ] as [string, Partial<TokenHandlerOptions>, RequestInit][])(
    'forbids every cache to keep its answer to %s, and dates it',
    async (_, options, init) => {
      const { headers } = await endpoint(options)(request(init));
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('Vary')).toBe('Cookie, Authorization, Origin');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(Math.abs(Date.parse(headers.get('Date') ?? '') - Date.now())).toBeLessThan(10_000);
    },
  );

  it('says of a request of Node’s own how to mount it', async () => {
    const request = { method: 'GET', url: '/', headers: { host: 'localhost' } } as unknown as Request;
    await expect(endpoint({ contact: () => null })(request)).rejects.toThrow(
      /^The token endpoint was not given a Request\. .*getRequestListener/,
    );
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

  it.each(['HEAD', 'PUT', 'DELETE', 'PATCH', 'QUERY', 'get-token'])('answers 405 to %s', async (method) => {
    const contact = vi.fn(() => ada);
    const response = await endpoint({ contact })(request({ method }));
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'GET, POST, OPTIONS']);
    expect(contact).not.toHaveBeenCalled();
    expect(await response.text()).toBe(method === 'HEAD' ? '' : '{"error":"method-not-allowed"}');
  });
});

describe('a failure of the token endpoint', () => {
  const secret = 'session=5ecr3t';
  const failures: [string, Partial<TokenHandlerOptions>][] = [
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

  it('passes on what was thrown, whatever it is', async () => {
    const onError = vi.fn();
    await endpoint({ contact: () => Promise.reject('down'), onError })(request());
    expect(onError).toHaveBeenCalledExactlyOnceWith('down');
  });

  it.each([undefined, false, 0, '', 'signed-out', 'ada@site.example', guid])(
    'is a look-up that answers %j',
    async (answer) => {
      const onError = vi.fn();
      const lenient = async () => 'a.b.c';
      const contact = (() => answer) as unknown as TokenHandlerOptions['contact'];
      const response = await endpoint({ contact, mint: lenient, onError })(request());
      expect(response.status).toBe(500);
      expect(onError.mock.calls[0]?.[0].message).toMatch(/'no-contact'/);
    },
  );

  it('is a mint that answers no token', async () => {
    const onError = vi.fn();
    const forgetful = (async () => undefined) as unknown as TokenHandlerOptions['mint'];
    expect((await endpoint({ mint: forgetful, onError })(request())).status).toBe(500);
    expect(onError.mock.calls[0]?.[0].message).toContain('createMinter');
  });

  it('is answered although the report fails too', async () => {
    for (const onError of [fail, () => Promise.reject(new Error('log full'))])
      expect((await endpoint({ contact: fail, onError })(request())).status).toBe(500);
  });

  it('is answered without waiting for the report', async () => {
    const onError = () => new Promise<void>(() => {});
    expect((await endpoint({ contact: fail, onError })(request())).status).toBe(500);
  });

  it('goes to the console in one line that names no secret, when nobody listens', async () => {
    const write = vi.spyOn(console, 'error').mockReturnValue();
    await createTokenHandler({ mint, contact: fail })(request());
    expect(write).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/^live-assist-bridge: .*500 \(thrown: Error\)\. .*onError/),
    );
    expect(write.mock.calls.join()).not.toContain(secret);
  });

  it('touches no other request', async () => {
    const contact = async (asked: Request) => (asked.headers.has('X-Fail') ? fail() : ada);
    const handler = endpoint({ contact });
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const response = await handler(request({ headers: index % 2 ? { 'X-Fail': '1' } : {} }));
        return response.status;
      }),
    );
    expect(statuses).toEqual(statuses.map((_, index) => (index % 2 ? 500 : 200)));
  });
});

describe('createTokenHandler', () => {
  it.each(['mint', 'contact', 'onError'])('wants %s to be a function', (name) => {
    expect(() => endpoint({ [name]: 'x' })).toThrow(`${name} is not a function`);
  });

  it('refuses an option it does not know, naming those it does', () => {
    const options = { mint, contact: () => ada, allowedOrigin: 'https://shop.example' };
    expect(() => createTokenHandler(options)).toThrow(/"allowedOrigin".*allowedOrigins/);
  });

  it('takes every answer of a look-up but nothing', () => {
    expectTypeOf<() => Contact>().toExtend<TokenHandlerOptions['contact']>();
    expectTypeOf<() => Promise<'no-contact' | null>>().toExtend<TokenHandlerOptions['contact']>();
    // @ts-expect-error a forgotten return
    createTokenHandler({ mint, contact: async () => {} });
  });

  it('answers a function that mounts as it is', () => {
    expectTypeOf(endpoint()).toEqualTypeOf<(request: Request) => Promise<Response>>();
  });
});
